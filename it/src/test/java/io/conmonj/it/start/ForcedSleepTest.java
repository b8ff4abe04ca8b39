package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.proc.MonitorFacts;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conmonjctl sleep}, of a monitor that would not sleep by itself for a while. */
@NeedsContainers
class ForcedSleepTest {
  @TempDir Path work;

  private Launched sleep(Path directory) throws Exception {
    return Launched.run("conmonjctl", "--runtime-dir", directory.toString(), "sleep");
  }

  @Test
  void whenItReturnsThereIsTheHolderAlone() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      assertThat(sleep(work)).isEqualTo(new Launched(0, ""));
      assertThat(new MonitorFacts(monitor.pid()).all()).hasSize(1);
      assertThat(Launched.run("conmonjctl", "--runtime-dir", work.toString(), "version").output())
          .contains("Monitor process: " + monitor.pid());
      assertThat(new MonitorFacts(monitor.pid()).all()).hasSize(2);
    }
  }

  @Test
  void anotherClientKeepsItAwakeAndIsTold() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(work);
        SocketChannel other = monitor.connect()) {
      assertThat(other.isConnected()).isTrue();
      assertThat(sleep(work).output())
          .isEqualTo(
              "error: have the monitor sleep: it stays awake: another client of the control"
                  + " socket is connected\n");
    }
  }

  @Test
  void whatAContainerSaysAndRunsIsTheSameWithASleepBeforeEachStep() throws Exception {
    List<String> said = new ArrayList<>();
    try (BusyboxPod pod = BusyboxPod.startQuietly(work)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      for (int i = 1; i <= 5; i++) {
        assertThat(pod.monitor().sleep(Duration.ofSeconds(60))).isTrue();
        pod.reconnect();
        String command = "echo line " + i + " >/proc/1/fd/1; exit " + i;
        assertThat(container.execSync("sh", "-c", command).exitCode()).isEqualTo(i);
        said.add("line " + i);
      }
      assertThat(pod.monitor().sleep(Duration.ofSeconds(60))).isTrue();
      pod.reconnect();
      assertThat(CriLogFiles.lines("stdout", List.of(container.log()))).isEqualTo(said);
    }
  }
}
