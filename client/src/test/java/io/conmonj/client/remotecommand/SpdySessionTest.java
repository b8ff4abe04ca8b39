package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.ClientLoop;
import io.conmonj.client.Replies;
import io.conmonj.client.StreamingOptions;
import io.conmonj.client.Transport;
import io.conmonj.client.WindowSize;
import io.conmonj.client.connection.UpgradeRefusedException;
import io.conmonj.client.spdy.ScriptedSpdyServer;
import io.conmonj.client.spdy.SpdyServerSide;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Remote command over SPDY, against a server that plays a script. */
@Timeout(60)
class SpdySessionTest {
  private static final SessionStreams OUTPUT = new SessionStreams(false, true, true, false);
  private static final SessionStreams PIPED = new SessionStreams(true, true, true, false);
  private static final SessionStreams TERMINAL = new SessionStreams(true, true, false, true);
  private static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";

  private final ClientLoop loop = new ClientLoop();
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private CompletableFuture<ExecSession> opening(
      ScriptedSpdyServer server, SessionStreams streams, ExecOptions options) {
    return ExecSession.open(
        loop, server.url(), streams, options.withStreaming(StreamingOptions.over(Transport.SPDY)));
  }

  private ExecStatus run(String protocol, SessionStreams streams, ScriptedSpdyServer.Script script)
      throws Exception {
    try (ScriptedSpdyServer server =
            new ScriptedSpdyServer(
                side -> {
                  side.request();
                  side.upgrade(protocol);
                  script.play(side);
                });
        ExecSession session =
            Replies.await(opening(server, streams, ExecOptions.of(stdout, stderr)))) {
      ExecStatus status = Replies.await(session.status());
      server.awaitPlayed();
      return status;
    }
  }

  /** Accepts error 1, stdout 3 and stderr 5. */
  private static void acceptOutput(SpdyServerSide side) throws IOException {
    for (int i = 0; i < 3; i++) {
      side.accept();
    }
  }

  private static void endOutput(SpdyServerSide side) throws IOException {
    side.end(3);
    side.end(5);
    side.end(1);
    side.receiveUntil("GOAWAY");
    side.awaitEnd();
  }

  @Test
  void asksForSpdyWithAllVersionsTheBestFirst() throws Exception {
    CompletableFuture<String> request = new CompletableFuture<>();
    try (ScriptedSpdyServer server =
        new ScriptedSpdyServer(
            side -> {
              request.complete(side.request());
              side.answer(
                  "HTTP/1.1 403 Forbidden",
                  "X-Accepted-Stream-Protocol-Versions: v9.channel.k8s.io",
                  "Content-Length: 3",
                  "",
                  "no");
              side.awaitEnd();
            })) {
      assertThatThrownBy(
              () -> Replies.await(opening(server, OUTPUT, ExecOptions.of(stdout, stderr))))
          .isInstanceOf(UpgradeRefusedException.class)
          .hasMessageEndingWith("/exec/…: the server answered 403 (no)");
      server.awaitPlayed();
    }
    assertThat(request.get().toLowerCase(java.util.Locale.ROOT))
        .startsWith("post /exec/token http/1.1\n")
        .contains(
            "\nconnection: upgrade\n",
            "\nupgrade: spdy/3.1\n",
            "\ncontent-length: 0\n",
            "\nx-stream-protocol-version: v4.channel.k8s.io\n"
                + "x-stream-protocol-version: v3.channel.k8s.io\n"
                + "x-stream-protocol-version: v2.channel.k8s.io\n"
                + "x-stream-protocol-version: channel.k8s.io\n");
  }

  @Test
  void opensTheStreamsOfTheSessionAndKeepsOutputAndErrorOutputApart() throws Exception {
    ExecStatus status =
        run(
            "v4.channel.k8s.io",
            OUTPUT,
            side -> {
              assertThat(side.accept()).isEqualTo("SYN 1 streamtype=error");
              assertThat(side.accept()).isEqualTo("SYN 3 streamtype=stdout");
              assertThat(side.accept()).isEqualTo("SYN 5 streamtype=stderr");
              side.data(3, "one ");
              side.data(5, "oops");
              side.data(3, "two");
              side.data(1, SUCCESS);
              endOutput(side);
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(stdout).hasToString("one two");
    assertThat(stderr).hasToString("oops");
  }

  @Test
  void tellsTheExitCodeAlsoWhenTheServerResetsItsStreamsAtTheEnd() throws Exception {
    ExecStatus status =
        run(
            "v4.channel.k8s.io",
            OUTPUT,
            side -> {
              acceptOutput(side);
              side.data(3, "out");
              side.data(
                  1,
                  "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":"
                      + "[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}");
              side.reset(3, 5);
              side.reset(5, 5);
              side.reset(1, 5);
              side.goAway();
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(3));
    assertThat(stdout).hasToString("out");
  }

  @Test
  void theEndOfInputEndsOnlyTheInput() throws Exception {
    try (ScriptedSpdyServer server =
            new ScriptedSpdyServer(
                side -> {
                  side.request();
                  side.upgrade("v4.channel.k8s.io");
                  assertThat(side.accept()).isEqualTo("SYN 1 streamtype=error");
                  assertThat(side.accept()).isEqualTo("SYN 3 streamtype=stdin");
                  assertThat(side.accept()).isEqualTo("SYN 5 streamtype=stdout");
                  assertThat(side.accept()).isEqualTo("SYN 7 streamtype=stderr");
                  assertThat(side.receive()).isEqualTo("DATA 3 typed");
                  assertThat(side.receive()).isEqualTo("FIN 3");
                  side.data(5, "after the end");
                  side.data(1, SUCCESS);
                  side.end(5);
                  side.end(7);
                  side.end(1);
                  side.awaitEnd();
                });
        ExecSession session =
            Replies.await(opening(server, PIPED, ExecOptions.of(stdout, stderr)))) {
      assertThat(session.canHalfClose()).isTrue();
      session.stdin().write("typed".getBytes(StandardCharsets.UTF_8));
      session.stdin().close();
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
      server.awaitPlayed();
    }
    assertThat(stdout).hasToString("after the end");
  }

  @Test
  void aTerminalHasAStreamForItsSizesAndTheFirstGoesBeforeAllElse() throws Exception {
    try (ScriptedSpdyServer server =
            new ScriptedSpdyServer(
                side -> {
                  side.request();
                  side.upgrade("v4.channel.k8s.io");
                  for (int i = 0; i < 3; i++) {
                    side.accept();
                  }
                  assertThat(side.accept()).isEqualTo("SYN 7 streamtype=resize");
                  assertThat(side.receive()).isEqualTo("DATA 7 {\"Width\":100,\"Height\":30}");
                  assertThat(side.receive()).isEqualTo("DATA 7 {\"Width\":50,\"Height\":20}");
                  side.data(1, SUCCESS);
                  side.end(5);
                  side.end(1);
                  side.awaitEnd();
                });
        ExecSession session =
            Replies.await(
                opening(server, TERMINAL, ExecOptions.terminal(stdout, new WindowSize(100, 30))))) {
      session.resize(new WindowSize(50, 20));
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
      server.awaitPlayed();
    }
  }

  @Test
  void aServerThatWantsNoSizesMayRefuseThatStream() throws Exception {
    ExecStatus status =
        run(
            "v4.channel.k8s.io",
            new SessionStreams(false, true, true, true),
            side -> {
              acceptOutput(side);
              // What the command writes may come before the answer.
              side.data(3, "early");
              assertThat(side.receive()).isEqualTo("SYN 7 streamtype=resize");
              side.reset(7, 3);
              side.data(1, SUCCESS);
              endOutput(side);
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(stdout).hasToString("early");
  }

  @Test
  void aConnectionThatEndsBeforeTheStatusIsNeverSuccess() {
    for (String protocol : SpdyProtocol.NAMES) {
      assertThatThrownBy(
              () ->
                  run(
                      protocol,
                      OUTPUT,
                      side -> {
                        acceptOutput(side);
                        side.data(3, "almost");
                      }))
          .isInstanceOf(SessionLostException.class)
          .hasMessage(
              "the session ended without a status: the connection ended without the server's"
                  + " goodbye");
    }
    assertThat(stdout).hasToString("almost".repeat(4));
  }

  @Test
  void streamsThatAllEndWithoutAStatusAreAnError() {
    assertThatThrownBy(
            () ->
                run(
                    "v4.channel.k8s.io",
                    OUTPUT,
                    side -> {
                      acceptOutput(side);
                      endOutput(side);
                    }))
        .isInstanceOf(SessionLostException.class)
        .hasMessage("the session ended without a status: all of its streams have ended");
  }

  @Test
  void anOldServerSaysNothingAfterASuccessAndItsWordsAfterAFailure() throws Exception {
    for (String protocol : new String[] {"v3.channel.k8s.io", "v2.channel.k8s.io", ""}) {
      ScriptedSpdyServer.Script success =
          side -> {
            acceptOutput(side);
            side.data(3, "out");
            endOutput(side);
          };
      assertThat(run(protocol, OUTPUT, success)).isEqualTo(new ExecStatus.Exited(0));
      ScriptedSpdyServer.Script failure =
          side -> {
            acceptOutput(side);
            side.data(1, "no such file");
            endOutput(side);
          };
      assertThat(run(protocol, OUTPUT, failure))
          .isEqualTo(new ExecStatus.Failed("no such file", ""));
    }
  }

  @Test
  void anOldServerHasNoStreamForSizes() throws Exception {
    ExecStatus status =
        run(
            "v2.channel.k8s.io",
            new SessionStreams(false, true, true, true),
            side -> {
              acceptOutput(side);
              side.data(3, "out");
              side.end(3);
              side.end(5);
              side.end(1);
              assertThat(side.receive()).isEqualTo("GOAWAY");
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void aStreamThatIsRefusedIsNamed() throws Exception {
    try (ScriptedSpdyServer server =
        new ScriptedSpdyServer(
            side -> {
              side.request();
              side.upgrade("v4.channel.k8s.io");
              side.accept();
              side.receive();
              side.reset(3, 3);
              side.awaitEnd();
            })) {
      assertThatThrownBy(
              () -> Replies.await(opening(server, PIPED, ExecOptions.of(stdout, stderr))))
          .isInstanceOf(IOException.class)
          .hasMessage("the session could not begin: the server refused the stream stdin");
      server.awaitPlayed();
    }
  }

  @Test
  void aProtocolThatWasNotOfferedIsRefused() throws Exception {
    assertThatThrownBy(() -> run("v9.channel.k8s.io", OUTPUT, SpdyServerSide::awaitEnd))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("the server chose v9.channel.k8s.io, which was not offered");
  }

  @Test
  void closingTheSessionSaysGoodbye() throws Exception {
    try (ScriptedSpdyServer server =
        new ScriptedSpdyServer(
            side -> {
              side.request();
              side.upgrade("v4.channel.k8s.io");
              acceptOutput(side);
              assertThat(side.receive()).isEqualTo("GOAWAY");
              side.awaitEnd();
            })) {
      ExecSession session = Replies.await(opening(server, OUTPUT, ExecOptions.of(stdout, stderr)));
      session.close();
      server.awaitPlayed();
      assertThatThrownBy(() -> Replies.await(session.status()))
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining("closed on this side");
    }
  }
}
