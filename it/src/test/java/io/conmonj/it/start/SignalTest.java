package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {
  private static final int MORE_THAN_ITS_DESCRIPTORS = 80;
  private static final String FEW_DESCRIPTORS = "ulimit -n 60; exec \"$@\"";

  /**
   * USR1, USR2, ALRM, STKFLT, CONT, TTIN, TTOU, URG, XCPU, XFSZ, VTALRM, PROF, WINCH, IO, PWR and
   * some of the real-time signals (signal(7)).
   */
  private static final int[] WITHOUT_MEANING = {
    10, 12, 14, 16, 18, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 34, 35, 50, 63, 64
  };

  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void itEndsInOrderAndTakesItsSocketAlong(String signal) throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      monitor.signal(signal);
      monitor.awaitEnd();
      assertThat(monitor.socket()).doesNotExist();
    }
  }

  @Test
  void itEndsAlsoWhenItsDirectoryIsGone() throws Exception {
    Path directory = work.resolve("run");
    try (RunningMonitor monitor = RunningMonitor.start(directory)) {
      removeAll(directory);
      monitor.signal("INT");
      monitor.awaitEnd();
    }
  }

  // systemd sends PIPE to a scope that CRI-O made for a monitor, which is to survive it.
  @ParameterizedTest
  @ValueSource(strings = {"PIPE", "HUP", "QUIT", "CHLD"})
  void itGoesOnAfterASignalThatIsNoEnd(String signal) throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      monitor.signal(signal);
      monitor.connect().close();
      monitor.signal("TERM");
      monitor.awaitEnd();
      assertThat(monitor.socket()).doesNotExist();
    }
  }

  @Test
  void whoeverSendsItASignalWithoutAMeaningDoesNotEndIt() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      for (int signal : WITHOUT_MEANING) {
        monitor.signal("" + signal);
        assertThat(monitor.alive()).as("alive after " + signal).isTrue();
      }
      monitor.connect().close();
      monitor.signal("TERM");
      monitor.awaitEnd();
      assertThat(monitor.socket()).doesNotExist();
    }
  }

  @Test
  void aCrashLeavesNoFileWithItsEnvironmentBehind() throws Exception {
    Path here = Files.createDirectory(work.resolve("here"));
    List<String> shell = new ArrayList<>(List.of("sh", "-c", "cd " + here + "; exec \"$@\"", "sh"));
    shell.add(Launched.program("conmonj").toString());
    shell.addAll(RunningMonitor.arguments(work.resolve("run")));
    assertThat(Launched.run(Map.of(), shell)).isEqualTo(new Launched(0, ""));
    try (RunningMonitor monitor = new RunningMonitor(work.resolve("run"))) {
      long worker = monitor.worker();
      RunningMonitor.signal("SEGV", worker);
      RunningMonitor.await("its end", () -> !new ProcessFacts(worker).isAlive());
      assertThat(here).isEmptyDirectory();
      assertThat(Path.of("/hs_err_pid" + worker + ".log")).doesNotExist();
    }
  }

  @Test
  void whenDescriptorsRunOutItGoesOnAsSoonAsSomeAreFree() throws Exception {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", FEW_DESCRIPTORS, "sh"));
    shell.add(Launched.program("conmonj").toString());
    shell.addAll(RunningMonitor.arguments(work));
    assertThat(Launched.run(Map.of(), shell)).isEqualTo(new Launched(0, ""));
    try (RunningMonitor monitor = new RunningMonitor(work)) {
      int before = monitor.descriptors().size();
      List<SocketChannel> channels = new ArrayList<>();
      for (int i = 0; i < MORE_THAN_ITS_DESCRIPTORS; i++) {
        channels.add(monitor.connect());
      }
      RunningMonitor.await("all descriptors used", () -> descriptors(monitor) >= before + 20);
      for (SocketChannel channel : channels) {
        channel.close();
      }
      RunningMonitor.await("descriptors free again", () -> descriptors(monitor) == before);
      try (SocketChannel channel = monitor.connect()) {
        RunningMonitor.await("a connection", () -> descriptors(monitor) == before + 1);
        assertThat(channel.isOpen()).isTrue();
      }
    }
  }

  private static void removeAll(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static int descriptors(RunningMonitor monitor) {
    return monitor.descriptors().size();
  }
}
