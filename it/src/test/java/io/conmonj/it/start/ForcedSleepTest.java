package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.Monitor;
import io.conmonj.client.control.CallFailures;
import io.conmonj.client.control.ControlConnection;
import io.conmonj.client.control.SleepCall;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conmonjctl sleep}, of a monitor that would not sleep by itself for a while. */
@NeedsContainers
class ForcedSleepTest {
  private static final CallFailures FAILURES =
      new CallFailures() {
        @Override
        public IOException refused(String what, String text) {
          return new IOException(what + ": " + text);
        }

        @Override
        public IOException gone(String message, Throwable cause) {
          return new IOException(message, cause);
        }
      };

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
  void aCallThatIsUnderWayKeepsItAwakeAndIsTold() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      List<String> endless = List.of("sleep", "1000");
      CompletableFuture<ExecSyncResult> waits =
          pod.monitor()
              .execSync(ExecSyncRequest.of(container.id(), endless, Duration.ofMinutes(10)));
      RunningMonitor.await("the command", () -> pod.process().children().size() > 1);
      assertThat(sleep(pod.options().runtimeDir()).output())
          .isEqualTo(
              "error: have the monitor sleep: it stays awake: a call of another client is under"
                  + " way\n");
      assertThat(waits.cancel(false)).isTrue();
    }
  }

  /** As a container runtime that keeps its connection to each monitor. */
  @Test
  void whoIsConnectedStaysConnectedAndIsAnswered() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work)) {
      for (int i = 0; i < 5; i++) {
        assertThat(sleep(pod.options().runtimeDir())).isEqualTo(new Launched(0, ""));
        assertThat(pod.process().all()).hasSize(1);
        assertThat(Replies.await(pod.monitor().serverInfo()).processId())
            .isEqualTo(pod.monitor().processId());
      }
      assertThat(sleep(pod.options().runtimeDir())).isEqualTo(new Launched(0, ""));
      pod.monitor().close();
      RunningMonitor.await("a worker, for its end", () -> pod.process().all().size() == 2);
    }
  }

  @Test
  void itSleepsWhenWhoToldItToHasGoneWhoeverElseGoesBefore() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work);
        ClientLoop loop = new ClientLoop()) {
      Path directory = pod.options().runtimeDir();
      long worker = pod.process().worker().pid();
      try (ControlConnection teller =
          ControlConnection.connect(loop, directory.resolve(Monitor.SOCKET_NAME), FAILURES)) {
        assertThat(Replies.await(teller.call(SleepCall.create()))).isEqualTo(worker);
        for (int i = 0; i < 5; i++) {
          try (Monitor other = Monitor.join(loop, directory)) {
            Replies.await(other.serverInfo());
          }
        }
        assertThat(pod.process().findWorker().map(ProcessFacts::pid)).contains(worker);
      }
      RunningMonitor.await("its sleep", () -> pod.process().findWorker().isEmpty());
    }
  }

  @Test
  void whatAContainerSaysAndRunsIsTheSameWithASleepBeforeEachStep() throws Exception {
    List<String> said = new ArrayList<>();
    try (BusyboxPod pod = BusyboxPod.startQuietly(work)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      for (int i = 1; i <= 5; i++) {
        pod.sleep();
        pod.reconnect();
        String command = "echo line " + i + " >/proc/1/fd/1; exit " + i;
        assertThat(container.execSync("sh", "-c", command).exitCode()).isEqualTo(i);
        said.add("line " + i);
      }
      pod.sleep();
      pod.reconnect();
      assertThat(CriLogFiles.lines("stdout", List.of(container.log()))).isEqualTo(said);
    }
  }
}
