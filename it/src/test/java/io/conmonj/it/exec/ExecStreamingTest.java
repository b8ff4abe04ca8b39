package io.conmonj.it.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exec over WebSocket v5 in a real container. */
@Timeout(300)
@NeedsContainers
class ExecStreamingTest {
  private static final long GIB = 1L << 30;

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
  void aGibibyteOfOutputArrivesWholeAndThenTheStatus() throws Exception {
    CountingSink sink = CountingSink.fast();
    ExecStatus status =
        RemoteCommand.runInto(
            pod, container, sink, "dd", "if=/dev/zero", "bs=64k", "count=16384", "status=none");
    assertThat(sink.count()).isEqualTo(GIB);
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void aGibibyteReachesAClientThatPausesAtEachOfItsFirstMebibytes() throws Exception {
    CountingSink sink = CountingSink.slowAtFirst();
    ExecStatus status =
        RemoteCommand.runInto(
            pod, container, sink, "dd", "if=/dev/zero", "bs=64k", "count=16384", "status=none");
    assertThat(sink.count()).isEqualTo(GIB);
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void whatIsPipedInComesBackWhenTheInputEnds() throws Exception {
    RemoteCommand.Result result = RemoteCommand.runWithInput(pod, container, "x\n", "cat");
    assertThat(result).isEqualTo(new RemoteCommand.Result("x\n", "", new ExecStatus.Exited(0)));
  }

  @Test
  void anExitCodeIsTold() throws Exception {
    RemoteCommand.Result result = RemoteCommand.run(pod, container, "sh", "-c", "exit 3");
    assertThat(result.status()).isEqualTo(new ExecStatus.Exited(3));
  }

  @Test
  void aCommandThatWasKilledHas128AndTheSignal() throws Exception {
    RemoteCommand.Result result = RemoteCommand.run(pod, container, "sh", "-c", "kill -9 $$");
    assertThat(result.status()).isEqualTo(new ExecStatus.Exited(128 + 9));
  }

  @Test
  void aCommandThatDoesNotExistIsAFailureAndNotExitZero() throws Exception {
    RemoteCommand.Result result = RemoteCommand.run(pod, container, "no-such-command");
    assertThat(result.status())
        .isInstanceOfSatisfying(
            ExecStatus.Failed.class,
            failed ->
                assertThat(failed.message())
                    .contains("no-such-command", "not found")
                    .doesNotContain("Exception"));
  }

  @Test
  void aBackgroundChildThatHoldsTheOutputDoesNotKeepTheSessionOpen() throws Exception {
    RemoteCommand.Result result =
        RemoteCommand.run(pod, container, "sh", "-c", "sleep 1000 & echo hi");
    assertThat(result).isEqualTo(new RemoteCommand.Result("hi\n", "", new ExecStatus.Exited(0)));
  }

  @Test
  void outputAndErrorOutputComeApart() throws Exception {
    RemoteCommand.Result result =
        RemoteCommand.run(pod, container, "sh", "-c", "echo out; echo err >&2");
    assertThat(result)
        .isEqualTo(new RemoteCommand.Result("out\n", "err\n", new ExecStatus.Exited(0)));
  }

  @Test
  void aCommandThatClosesItsOutputGoesOnReadingItsInput() throws Exception {
    String input = "line\n".repeat(1_000_000);
    RemoteCommand.Result result =
        RemoteCommand.runWithInput(pod, container, input, "sh", "-c", "cat >/tmp/in");
    assertThat(result.status()).isEqualTo(new ExecStatus.Exited(0));
    assertThat(container.root().resolve("tmp/in").toFile()).hasSize(input.length());
  }

  @Test
  void theTerminalHasTheClientsSizeFromTheStartAndFollowsIt() throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    ServeExecRequest request =
        ServeExecRequest.terminal(
            container.id(), List.of("sh", "-c", "stty size; read go; stty size"));
    StreamOptions options = StreamOptions.terminal(screen, new WindowSize(97, 31));
    try (ContainerSession session = Replies.await(pod.monitor().exec(request, options))) {
      Await.until(
          "first size on screen: " + text(screen), () -> text(screen).contains("31 97\r\n"));
      session.resize(new WindowSize(132, 43));
      session.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
      assertThat(RemoteCommand.status(session)).isEqualTo(new ExecStatus.Exited(0));
    }
    assertThat(text(screen)).endsWith("43 132\r\n");
  }

  @Test
  void aUrlIsGoodForOneSessionOnly() throws Exception {
    ServeExecRequest request = ServeExecRequest.output(container.id(), List.of("true"));
    var url = Replies.await(pod.monitor().serveExec(request));
    StreamOptions options =
        StreamOptions.of(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    try (ContainerSession session =
        Replies.await(ContainerSession.open(pod.loop(), url, request.streams(), options))) {
      assertThat(RemoteCommand.status(session)).isEqualTo(new ExecStatus.Exited(0));
    }
    assertThat(ContainerSession.open(pod.loop(), url, request.streams(), options))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withMessageContaining("404");
  }

  private static String text(ByteArrayOutputStream screen) {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
