package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two processes of a monitor, and what the death of either means. */
class HolderTest {
  @TempDir Path work;

  @Test
  void bothBearTheNameAndTheWorkerIsTheHoldersChild() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(Launched.program("conmonrs"), work)) {
      assertThat(monitor.name()).isEqualTo("conmonrs");
      assertThat(Files.readString(Path.of("/proc", "" + monitor.worker(), "comm")).strip())
          .isEqualTo("conmonrs");
      assertThat(new MonitorFacts(monitor.pid()).children()).isEmpty();
    }
  }

  @Test
  void aWorkerThatIsKilledIsFollowedByAnotherAndTheMonitorIsTheSame() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      long killed = monitor.worker();
      String before = info();
      RunningMonitor.signal("KILL", killed);
      RunningMonitor.await("its end", () -> !new ProcessFacts(killed).isAlive());
      RunningMonitor.await("another", () -> new MonitorFacts(monitor.pid()).all().size() == 2);
      assertThat(monitor.worker()).isNotEqualTo(killed);
      RunningMonitor.await("an answer", () -> answers());
      assertThat(info()).isEqualTo(before);
      assertThat(Files.readString(work.resolve("pidfile"))).isEqualTo("" + monitor.pid());
    }
  }

  @Test
  void theDeathOfAWorkerIsToldWhereTheMonitorLogs() throws Exception {
    Path log = work.resolve("own-log");
    Path directory = work.resolve("run");
    String script = "exec \"$@\" >" + log;
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.add(Launched.program("conmonj").toString());
    command.addAll(List.of("--runtime", "/bin/true", "--runtime-dir", directory.toString()));
    command.addAll(List.of("--log-driver", "stdout"));
    assertThat(Launched.run(Map.of(), command)).isEqualTo(new Launched(0, ""));
    try (RunningMonitor monitor = new RunningMonitor(directory)) {
      long killed = monitor.worker();
      RunningMonitor.signal("KILL", killed);
      String told =
          "WARN holder [run]: worker "
              + killed
              + " was killed by signal 9; another one is started\n";
      RunningMonitor.await("its message", () -> read(log).contains(told));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void theWorkerOfAHolderThatIsKilledEndsToo() throws Exception {
    RunningMonitor monitor = RunningMonitor.start(work);
    ProcessFacts worker = new ProcessFacts(monitor.worker());
    monitor.signal("KILL");
    monitor.awaitEnd();
    RunningMonitor.await("the worker's end", () -> !worker.isAlive());
    try (RunningMonitor next = RunningMonitor.start(work)) {
      next.connect().close();
    }
  }

  /** As CRI-O does, which knows of one process. */
  @Test
  void theWorkerFollowsTheHolderToItsCgroup() throws Exception {
    Path freezer = Path.of("/sys/fs/cgroup/freezer");
    Path root = Files.isDirectory(freezer) ? freezer : Path.of("/sys/fs/cgroup");
    assumeThat(Files.isWritable(root.resolve("cgroup.procs"))).as("cgroups to be made").isTrue();
    Path cgroup = Files.createDirectory(root.resolve("conmonj-" + ProcessHandle.current().pid()));
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      Files.writeString(cgroup.resolve("cgroup.procs"), "" + monitor.pid());
      monitor.connect().close();
      RunningMonitor.await("its worker there", () -> members(cgroup).size() == 2);
      assertThat(members(cgroup))
          .containsExactlyInAnyOrder("" + monitor.pid(), "" + monitor.worker());
    } finally {
      RunningMonitor.await("the cgroup's end", () -> isRemoved(cgroup));
    }
  }

  private static List<String> members(Path cgroup) {
    try {
      return Files.readAllLines(cgroup.resolve("cgroup.procs"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isRemoved(Path cgroup) {
    try {
      return Files.deleteIfExists(cgroup);
    } catch (IOException busy) {
      return false;
    }
  }

  @Test
  void withoutAHolderItDoesNotStart() throws Exception {
    Path lib = Launched.distribution().resolve("lib");
    Launched launched =
        Launched.run(
            Map.of(),
            List.of(
                lib.resolve("runtime/bin/conmonj").toString(),
                "-Djava.library.path=" + lib.resolve("native"),
                "-cp",
                lib.resolve("monitor.jar").toString(),
                "io.conmonj.monitor.cli.Main",
                "--runtime=/bin/true",
                "--runtime-dir=" + work));
    assertThat(launched.exitStatus()).isEqualTo(1);
    assertThat(launched.output())
        .contains("error: nothing holds this process: start it by its launcher, bin/conmonj");
  }

  private boolean answers() {
    try {
      return Launched.run("conmonjctl", "--runtime-dir", work.toString(), "version").exitStatus()
          == 0;
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  /** Process, start and directory, without figures that change. */
  private String info() throws Exception {
    Launched info = Launched.run("conmonjctl", "--runtime-dir", work.toString(), "info");
    assertThat(info.exitStatus()).isZero();
    return info.output().lines().filter(line -> !line.startsWith("Started")).toList().toString();
  }
}
