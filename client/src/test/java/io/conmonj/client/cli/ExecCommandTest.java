package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.Eventually;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.CommandEnd;
import io.conmonj.streaming.peer.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ExecCommandTest extends CommandFixture {
  @Test
  void allThatCanBeSaidOfACommandReachesTheMonitor() throws IOException {
    tool.terminal(new WindowSize(100, 30));
    tool.in = new PipedInputStream(new PipedOutputStream());
    int code =
        run(
            side -> CommandEnd.exit(side, 0),
            "exec",
            "-it",
            "-e",
            "A=b c",
            "--env=C=",
            "-w",
            "/tmp",
            "-u",
            "7:8",
            "--group=9",
            "--group",
            "10",
            "--detach-keys",
            "ctrl-p,ctrl-q",
            "box",
            "env",
            "-u",
            "HOME");
    assertThat(code).isZero();
    assertThat(fake.requests())
        .containsExactly(
            "serveExec box env -u HOME tty=true stdin=true stdout=true stderr=false env=A=b c env=C="
                + " cwd=/tmp user=7:8 group=9 group=10 size=0x0 detach=ctrl-p,ctrl-q");
  }

  @Test
  void aNegativeGroupIsRefused() {
    assertThat(tool.run("exec", "--group=-1", "box", "true")).isEqualTo(ExitCodes.NOT_RUN);
    assertThat(tool.err()).isEqualTo("error: group -1 < 0\n");
  }

  @Test
  void theRemoteExitCodeIsItsOwn() throws IOException {
    int code =
        run(
            side -> {
              side.message(1, "out");
              side.message(2, "err");
              CommandEnd.exit(side, 3);
            },
            "exec",
            "box",
            "sh",
            "-c",
            "exit 3");
    assertThat(code).isEqualTo(3);
    assertThat(tool.out()).isEqualTo("out");
    assertThat(tool.err()).isEqualTo("err");
    assertThat(fake.requests())
        .containsExactly(
            "serveExec box sh -c exit 3 tty=false stdin=false stdout=true stderr=true");
  }

  @Test
  void passesInputOnAndItsEnd() throws IOException {
    tool.input("typed");
    int code =
        run(
            side -> {
              side.message(1, side.readMessage().text());
              assertThat(side.readMessage().payload()).containsExactly(255, 0);
              CommandEnd.succeed(side);
            },
            "exec",
            "-i",
            "box",
            "cat");
    assertThat(code).isZero();
    assertThat(tool.out()).isEqualTo("typed");
  }

  @Test
  void aConnectionThatIsCutIsNeverExitZero() throws IOException {
    assertThat(run(side -> side.message(1, "almost"), "exec", "box", "ls")).isEqualTo(125);
    assertThat(tool.out()).isEqualTo("almost");
    assertThat(tool.err())
        .isEqualTo(
            "error: the session ended without a status: the connection ended without a close"
                + " frame\n");
  }

  @Test
  void aCommandThatCouldNotBeRunIsTold() throws IOException {
    int code =
        run(
            side ->
                CommandEnd.finish(side, "{\"status\":\"Failure\",\"message\":\"no such file\"}"),
            "exec",
            "box",
            "nothing");
    assertThat(code).isEqualTo(125);
    assertThat(tool.err()).isEqualTo("error: exec in container box: no such file\n");
  }

  @Test
  void aContainerThatIsNotThereIsTold() {
    fake.failWith("child not available");
    assertThat(tool.run("exec", "box", "ls")).isEqualTo(125);
    assertThat(tool.err()).isEqualTo("error: serve exec in container box: child not available\n");
  }

  @Test
  void aWrongCommandLineIsNotMistakenForTheCommandsExitCode() {
    assertThat(tool.run("exec", "box")).isEqualTo(125);
    assertThat(tool.run("exec", "--nonsense", "box", "ls")).isEqualTo(125);
    assertThat(tool.run("exec", "box", "--")).isEqualTo(125);
  }

  @Test
  void withATerminalItIsRawWhileTheSessionLastsAndResizesAreTold() throws Exception {
    List<String> sizes = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> firstSize = new CompletableFuture<>();
    tool.terminal(new WindowSize(100, 30));
    tool.in = new PipedInputStream(new PipedOutputStream());
    Thread resizer =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  firstSize.join();
                  Eventually.await("the tool listens", () -> tool.resized != null);
                  tool.terminalSize = Optional.of(new WindowSize(50, 20));
                  tool.resized.run();
                });
    int code =
        run(
            side -> {
              sizes.add(side.readMessage().text());
              firstSize.complete(null);
              sizes.add(side.readMessage().text());
              side.message(1, "$ ");
              CommandEnd.exit(side, 1);
            },
            "exec",
            "-it",
            "box",
            "sh");
    resizer.join();
    assertThat(code).isEqualTo(1);
    assertThat(sizes)
        .containsExactly("{\"Width\":100,\"Height\":30}", "{\"Width\":50,\"Height\":20}");
    assertThat(tool.terminalEvents).containsExactly("raw", "restored");
    assertThat(fake.requests())
        .containsExactly("serveExec box sh tty=true stdin=true stdout=true stderr=false");
  }

  @Test
  void theTerminalIsRestoredBeforeAnErrorIsTold() throws IOException {
    tool.terminal(new WindowSize(100, 30));
    assertThat(run(side -> side.readMessage(), "exec", "-it", "box", "sh")).isEqualTo(125);
    assertThat(tool.terminalEvents).containsExactly("raw", "restored");
  }

  @Test
  void theTerminalIsRestoredWhenTheSessionCannotBeOpened() {
    tool.terminal(new WindowSize(100, 30));
    fake.failWith("no");
    assertThat(tool.run("exec", "-it", "box", "sh")).isEqualTo(125);
    assertThat(tool.terminalEvents).endsWith("restored");
  }

  @Test
  void withoutATerminalItSaysSoAndGoesOnWithPipes() throws IOException {
    tool.input("");
    assertThat(run(side -> CommandEnd.succeed(side), "exec", "-it", "box", "sh")).isZero();
    assertThat(tool.err()).isEqualTo("Unable to use a TTY - standard input is not a terminal\n");
    assertThat(fake.requests())
        .containsExactly("serveExec box sh tty=false stdin=true stdout=true stderr=true");
  }

  @Test
  void outputThatNobodyReadsEndsTheSessionQuietly() throws IOException {
    tool.outSink =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    int code =
        run(
            side -> {
              side.message(1, "text");
              side.readMessage();
            },
            "exec",
            "box",
            "yes");
    assertThat(code).isEqualTo(ExitCodes.OUTPUT_CLOSED);
    assertThat(tool.err()).isEmpty();
  }

  @Test
  void goesOverSpdyWhereThatIsAskedFor() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.spdy(
            "v4.channel.k8s.io",
            side -> {
              assertThat(side.accept()).isEqualTo("SYN 1 streamtype=error");
              assertThat(side.accept()).isEqualTo("SYN 3 streamtype=stdout");
              assertThat(side.accept()).isEqualTo("SYN 5 streamtype=stderr");
              side.data(3, "out");
              side.data(1, "{\"status\":\"Success\"}");
              side.end(3);
              side.end(5);
              side.end(1);
              side.socket().awaitEnd();
            })) {
      fake.execUrl(() -> server.url().toString());
      assertThat(tool.run("exec", "--transport=spdy", "box", "ls")).isZero();
      server.awaitPlayed();
    }
    assertThat(tool.out()).isEqualTo("out");
  }

  @Test
  void aTransportThatIsNoneIsNamed() {
    assertThat(tool.run("exec", "--transport=smoke", "box", "ls")).isEqualTo(ExitCodes.NOT_RUN);
    assertThat(tool.err()).contains("--transport", "smoke", "[spdy, websocket]");
  }

  @Test
  void aClientCertificateWithoutItsKeyIsRefused() {
    assertThat(tool.run("exec", "--client-certificate=/c", "box", "ls"))
        .isEqualTo(ExitCodes.NOT_RUN);
    assertThat(tool.err())
        .isEqualTo("error: --client-certificate and --client-key belong together\n");
  }

  @Test
  void aCertificateAuthorityThatIsNotThereIsNamed() {
    fake.execUrl(() -> "https://127.0.0.1:1/exec/token");
    assertThat(tool.run("exec", "--certificate-authority=/none", "box", "ls"))
        .isEqualTo(ExitCodes.NOT_RUN);
    assertThat(tool.err()).isEqualTo("error: load CA certificates /none: NoSuchFileException\n");
  }
}
