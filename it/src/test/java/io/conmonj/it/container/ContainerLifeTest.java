package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The RPCs about containers, against real ones. */
@Timeout(120)
@NeedsContainers
class ContainerLifeTest {
  @TempDir static Path directory;
  private static BusyboxPod pod;

  @BeforeAll
  static void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
  }

  @AfterAll
  static void stopPod() throws IOException {
    pod.close();
  }

  @Test
  void theExitCodeIsInEachExitFileAndTheCleanupCommandRunsAfterThem() throws Exception {
    PodContainer container = pod.container("sh", "-c", "exit 7");
    Path second = container.home().resolve("exit-2");
    Path cleaned = container.home().resolve("cleaned");
    container.create(
        it ->
            it.exitPaths(List.of(container.exitFile(), second))
                .cleanupCommand(List.of("/bin/cp", second.toString(), cleaned.toString())));
    container.start();
    Await.until("cleanup", () -> Files.exists(cleaned));
    assertThat(container.exitFile()).hasContent("7");
    assertThat(second).hasContent("7");
    Await.until("whole copy", () -> contentOf(cleaned).equals("7"));
  }

  @Test
  void aContainerThatIsKilledHas128AndTheSignal() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    pod.runc().kill(container.id(), "KILL");
    Await.until("exit file", container::hasExited);
    assertThat(container.exitCode()).isEqualTo("137");
  }

  @Test
  void aTerminalContainerHasTheSizeThatWasSetBeforeItsStart() throws Exception {
    PodContainer container = pod.terminalContainer("stty", "size").create();
    Replies.await(pod.monitor().setWindowSize(container.id(), new WindowSize(81, 25)));
    container.start();
    Await.until("exit file", container::hasExited);
    // The terminal turns the newline into two characters; the log has what was written.
    assertThat(CriLogFiles.lines("stdout", List.of(container.log()))).containsExactly("25 81\r");
  }

  @Test
  void whileACommandRunsWhatIsAskedOfTheContainerIsNotDoneToTheCommand() throws Exception {
    PodContainer container =
        pod.terminalContainer("sh", "-c", "while :; do stty size; sleep 0.1; done").run();
    CompletableFuture<ExecSyncResult> command =
        pod.monitor()
            .execSync(
                ExecSyncRequest.of(
                    container.id(),
                    List.of(
                        "sh",
                        "-c",
                        "touch /begun; until [ -e /done ]; do sleep 0.05; done; stty size"),
                    Duration.ofSeconds(60)));
    Await.until("the command runs", () -> Files.exists(container.root().resolve("begun")));
    Replies.await(pod.monitor().setWindowSize(container.id(), new WindowSize(82, 26)));
    Files.move(container.log(), container.home().resolve("old"));
    Replies.await(pod.monitor().reopenLog(container.id()));
    Await.until("its size in its new log", () -> contentOf(container.log()).contains("26 82"));
    Files.createFile(container.root().resolve("done"));
    assertThat(command.get(60, TimeUnit.SECONDS).exitCode()).isNotZero();
  }

  @Test
  void aContainerWithoutATerminalCannotBeResized() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    assertThatThrownBy(
            () -> Replies.await(pod.monitor().setWindowSize(container.id(), new WindowSize(8, 2))))
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("container has no terminal");
  }

  @Test
  void anUnknownContainerIsSaidToBeUnknown() {
    assertThatThrownBy(() -> Replies.await(pod.monitor().reopenLog("nobody")))
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("child not available");
  }

  @Test
  void execSyncReturnsBothStreamsAndTheCode() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    ExecSyncResult result = container.execSync("sh", "-c", "echo out; echo err >&2; exit 5");
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.timedOut()).isFalse();
  }

  @Test
  void execSyncOfACommandThatIsMissingSaysSoAndFailsNoOtherCallOfItsConnection() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    ExecSyncResult result = container.execSync("no-such-command");
    assertThat(result.exitCode()).isEqualTo(-2);
    assertThat(result.stderr()).contains("no-such-command", "not found");
  }

  @Test
  void execSyncKillsWhatTakesTooLong() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    ExecSyncResult result =
        Replies.await(
            pod.monitor()
                .execSync(
                    ExecSyncRequest.of(
                        container.id(),
                        List.of("sh", "-c", "echo begun; sleep 1000"),
                        Duration.ofSeconds(3))));
    assertThat(result.timedOut()).isTrue();
    assertThat(result.stdout()).isEqualTo("begun\n");
  }

  @Test
  void execSyncKeepsOfBothStreamsWhatReachesTheKubeletAndMarksTheCut() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    ExecSyncResult result =
        container.execSync(
            "sh",
            "-c",
            "dd if=/dev/zero bs=1M count=12 status=none; head -c 17825792 /dev/zero >&2");
    int together = (16 << 20) - (64 << 10);
    assertThat(result.stdoutBytes()).hasSize(12 << 20);
    assertThat(result.stdoutCut()).isFalse();
    assertThat(result.stderrBytes()).hasSize(together - (12 << 20));
    assertThat(result.stderrCut()).isTrue();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aCommandThatIsMissingFailsTheCreationWithTheRuntimesWords() {
    assertThatThrownBy(() -> pod.container("no-such-command").create())
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("not found in $PATH");
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
