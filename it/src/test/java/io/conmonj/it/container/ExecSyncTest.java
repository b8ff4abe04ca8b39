package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are run to their end: what ends them early, what they are given and answer. */
@Timeout(120)
@NeedsContainers
class ExecSyncTest {
  @TempDir static Path directory;
  private static BusyboxPod pod;
  private static PodContainer container;

  @BeforeAll
  static void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
    container = pod.container("sleep", "1000000").run();
  }

  @AfterAll
  static void stopPod() throws IOException {
    pod.close();
  }

  @Test
  void aCommandWhoseCallIsCancelledIsKilledWithItsChildren() throws Exception {
    CompletableFuture<ExecSyncResult> call = pod.monitor().execSync(sleeper("41111"));
    awaitSleeper("41111");
    call.cancel(false);
    Await.until("the command's end", () -> !processes().contains("41111"));
  }

  @Test
  void aCommandWhoseCallersConnectionEndsIsKilledAndThoseOfOthersAreNot() throws Exception {
    CompletableFuture<ExecSyncResult> stays =
        pod.monitor().execSync(request("while ! [ -e /tmp/go ]; do sleep 0.1; done; echo went"));
    try (Monitor other = Monitor.join(pod.loop(), pod.options().runtimeDir())) {
      CompletableFuture<ExecSyncResult> _ = other.execSync(sleeper("42222"));
      awaitSleeper("42222");
    }
    Await.until("the command's end", () -> !processes().contains("42222"));
    container.execSync("touch", "/tmp/go");
    assertThat(Replies.await(stays).stdout()).isEqualTo("went\n");
  }

  @Test
  void commandsRunInAContainerWhoseMonitorWasKilledIfItIsThere(@TempDir Path other)
      throws Exception {
    try (BusyboxPod orphaned = BusyboxPod.start(other)) {
      PodContainer left = orphaned.container("sleep", "1000000").run().awaitWrittenDown();
      orphaned.replaceMonitor();
      ExecSyncResult result = left.execSync("sh", "-c", "echo out; echo err >&2; exit 5");
      assertThat(result.stdout()).isEqualTo("out\n");
      assertThat(result.stderr()).isEqualTo("err\n");
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(left.execSync("ps").stdout()).contains("1000000");
    }
  }

  @Test
  void aCommandThatIsMissingInAContainerWhoseMonitorWasKilledIsNamedAndNotTheContainer(
      @TempDir Path other) throws Exception {
    try (BusyboxPod orphaned = BusyboxPod.start(other)) {
      PodContainer left = orphaned.container("sleep", "1000000").run().awaitWrittenDown();
      orphaned.replaceMonitor();
      ExecSyncResult result = left.execSync("no-such-command");
      assertThat(result.exitCode()).isEqualTo(-2);
      assertThat(result.stderr()).contains("no-such-command", "not found");
      orphaned.runc().kill(left.id(), "KILL");
      Await.until("its being not available", () -> !available(left));
    }
  }

  private static boolean available(PodContainer container) {
    try {
      container.execSync("true");
      return true;
    } catch (MonitorException unavailable) {
      assertThat(unavailable).hasMessageContaining("child not available");
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anUnknownContainerAndOneThatHasEndedAreNotAvailable() throws Exception {
    PodContainer ends = pod.container("true").run();
    Await.until("the monitor's being done with it", () -> !knows(ends));
    for (String id : List.of("nobody", "--help", ends.id())) {
      ExecSyncRequest request = ExecSyncRequest.of(id, List.of("true"), Duration.ofSeconds(60));
      assertThatThrownBy(() -> Replies.await(pod.monitor().execSync(request)))
          .isInstanceOf(MonitorException.class)
          .hasMessageContaining("child not available");
    }
  }

  private static boolean knows(PodContainer container) {
    try {
      Replies.await(pod.monitor().reopenLog(container.id()));
      return true;
    } catch (MonitorException unknown) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theEnvironmentIsTheCommandsAndOnTopOfTheContainersOwn() throws Exception {
    ExecSyncRequest request =
        new ExecSyncRequest(
            container.id(),
            List.of("sh", "-c", "echo \"$GREETING\"; echo ${PATH:+path}"),
            Duration.ofSeconds(60),
            false,
            Map.of("GREETING", "good day = 1"),
            Map.of());
    assertThat(Replies.await(pod.monitor().execSync(request)).stdout())
        .isEqualTo("good day = 1\npath\n");
  }

  @Test
  void theAnswerSaysWhichStreamWasCut() throws Exception {
    ExecSyncResult cut = container.execSync("sh", "-c", "head -c 17825792 /dev/zero; exit 4");
    assertThat(cut.stdoutCut()).isTrue();
    assertThat(cut.stderrCut()).isFalse();
    assertThat(cut.stderr()).isEmpty();
    assertThat(cut.stdoutBytes()).hasSize((16 << 20) - (64 << 10));
    assertThat(cut.exitCode()).isEqualTo(4);
    ExecSyncResult full = container.execSync("sh", "-c", "head -c 16711680 /dev/zero");
    assertThat(full.stdoutBytes()).hasSameSizeAs(cut.stdoutBytes());
    assertThat(full.stdoutCut()).isFalse();
  }

  private static ExecSyncRequest sleeper(String seconds) {
    return request("sleep " + seconds + " & wait");
  }

  private static ExecSyncRequest request(String script) {
    return ExecSyncRequest.of(container.id(), List.of("sh", "-c", script), Duration.ZERO);
  }

  private static void awaitSleeper(String seconds) {
    Await.until("the command", () -> processes().lines().anyMatch(("sleep " + seconds)::equals));
  }

  private static String processes() {
    try {
      return container.execSync("busybox", "ps", "-o", "args").stdout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
