package io.conmonj.it.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The holder is killed, which is the monitor to the outside, and another monitor is started in its
 * directory: what becomes of the containers, and who learns of their end.
 */
@Timeout(240)
@NeedsContainers
class HolderKilledTest {
  /** What an exit file says of a code that nobody knows. */
  private static final String NOT_KNOWN = "-1";

  @TempDir Path directory;
  private BusyboxPod pod;
  private PodContainer container;

  @BeforeEach
  void start() throws IOException {
    pod = BusyboxPod.startWith(directory, "--sleep-after", "1s");
    container = sleeping();
  }

  @AfterEach
  void stop() throws IOException {
    pod.close();
  }

  private PodContainer sleeping() throws IOException {
    return pod.container("sleep", "1000000").run().awaitWrittenDown();
  }

  private Path state() {
    return pod.options().runtimeDir().resolve("state");
  }

  private void end(PodContainer of) {
    pod.runc().kill(of.id(), "KILL");
    Await.until("its end", () -> ProcessHandle.of(of.pid()).isEmpty());
  }

  private void awaitTold(PodContainer of) throws IOException {
    Await.until("the exit file", of::hasExited);
    assertThat(of.exitCode()).isEqualTo(NOT_KNOWN);
  }

  /**
   * The code of one that is watched is known where the kernel tells, which Linux does from 6.15.
   */
  private void awaitKilled(PodContainer of) throws IOException {
    Await.until("the exit file", of::hasExited);
    assertThat(of.exitCode()).isIn(NOT_KNOWN, "137");
  }

  private void assertRunsCommands() throws IOException {
    assertThat(container.execSync("sh", "-c", "exit 7").exitCode()).isEqualTo(7);
  }

  @Test
  void theNextMonitorTellsTheEndOfThoseThatRunAndOfThoseThatHaveEnded() throws Exception {
    PodContainer ended = sleeping();
    PodContainer deleted = sleeping();
    pod.killMonitor();
    end(ended);
    pod.runc().delete(deleted.id());
    assertThat(ProcessHandle.of(container.pid())).isPresent();

    pod.startMonitor();
    awaitTold(ended);
    assertThat(deleted.hasExited()).isFalse();
    assertThat(container.hasExited()).isFalse();
    assertRunsCommands();

    end(container);
    awaitKilled(container);
    Await.until("the state file to be removed", () -> !Files.exists(state()));
  }

  @Test
  void itIsNotForgottenByWorkersThatDieOrSleepNorWhenTheNextMonitorIsKilledAsWell()
      throws Exception {
    pod.replaceMonitor();
    assertRunsCommands();
    pod.replaceMonitor();
    assertRunsCommands();
    pod.killWorker();
    pod.awaitWorker();
    assertRunsCommands();

    pod.monitor().close();
    Await.until("it to sleep", () -> pod.process().all().size() == 1);
    end(container);
    awaitKilled(container);
    pod.reconnect();
  }

  @Test
  void aQuietPodThatSleepsAndWakesDoesNotWriteItsStateFileAgain() throws Exception {
    Await.until("the state file", () -> Files.exists(state()));
    Object written = Files.readAttributes(state(), BasicFileAttributes.class).fileKey();
    for (int i = 0; i < 2; i++) {
      pod.monitor().close();
      Await.until("it to sleep", () -> pod.process().all().size() == 1);
      pod.reconnect();
      assertRunsCommands();
    }
    assertThat(Files.readAttributes(state(), BasicFileAttributes.class).fileKey())
        .isEqualTo(written);
  }

  @Test
  void aStateFileOfNoUseIsLeftAloneAndAllElseGoesOn() throws Exception {
    pod.killMonitor();
    Files.writeString(state(), "of no use");
    pod.startMonitor();
    assertThat(state()).hasContent("of no use");
    assertRunsCommands();
    PodContainer other = pod.container("sleep", "1000000").run();
    end(other);
    Await.until("the exit file", other::hasExited);
    assertThat(other.exitCode()).isEqualTo("137");
    end(container);
    assertThat(container.hasExited()).isFalse();
  }

  @Test
  void aMonitorThatEndsInOrderEndsThemAndLeavesNoStateFile() throws Exception {
    pod.replaceMonitor();
    assertThat(state()).exists();
    ProcessHandle.of(pod.monitor().processId()).orElseThrow().destroy();
    Await.until("the end of the monitor", () -> !pod.process().isAlive());
    awaitKilled(container);
    assertThat(state()).doesNotExist();
    pod.startMonitor();
  }

  @ParameterizedTest
  @EnumSource
  void aSessionIsCutOffByAReset(Transport transport) throws Exception {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    try (ContainerSession session =
        Replies.await(
            pod.monitor()
                .exec(
                    ServeExecRequest.piped(container.id(), List.of("sh", "-c", "echo here; cat")),
                    StreamOptions.of(stdout, stdout)
                        .withConnection(ConnectionOptions.over(transport))))) {
      Await.until("its output", () -> stdout.toString(StandardCharsets.UTF_8).contains("here"));
      pod.killMonitor();
      assertThatThrownBy(() -> RemoteCommand.status(session))
          .isInstanceOf(ExecutionException.class)
          .hasStackTraceContaining("reset");
    }
    pod.startMonitor();
  }
}
