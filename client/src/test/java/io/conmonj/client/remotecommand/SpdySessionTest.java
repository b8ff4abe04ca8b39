package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.connection.UpgradeRefusedException;
import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.peer.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a session over SPDY begins, and what goes each way. */
class SpdySessionTest extends SpdySessionFixture {

  @Test
  void asksForSpdyWithAllVersionsTheBestFirst() throws Exception {
    CompletableFuture<String> request = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            socket -> {
              request.complete(String.join("\n", socket.head()) + "\n");
              socket.send(
                  "HTTP/1.1 403 Forbidden\r\n"
                      + "X-Accepted-Stream-Protocol-Versions: v9.channel.k8s.io\r\n"
                      + "Content-Length: 3\r\n\r\nno\n");
              socket.awaitEnd();
            })) {
      assertThatThrownBy(
              () -> Replies.await(opening(server, OUTPUT, StreamOptions.of(stdout, stderr))))
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
  void theEndOfInputEndsOnlyTheInput() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.spdy(
                "v4.channel.k8s.io",
                side -> {
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
                  side.socket().awaitEnd();
                });
        ContainerSession session =
            Replies.await(opening(server, PIPED, StreamOptions.of(stdout, stderr)))) {
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
    try (ScriptedServer server =
            ScriptedServer.spdy(
                "v4.channel.k8s.io",
                side -> {
                  for (int i = 0; i < 3; i++) {
                    side.accept();
                  }
                  assertThat(side.accept()).isEqualTo("SYN 7 streamtype=resize");
                  assertThat(side.receive()).isEqualTo("DATA 7 {\"Width\":100,\"Height\":30}");
                  assertThat(side.receive()).isEqualTo("DATA 7 {\"Width\":50,\"Height\":20}");
                  side.data(1, SUCCESS);
                  side.end(5);
                  side.end(1);
                  side.socket().awaitEnd();
                });
        ContainerSession session =
            Replies.await(
                opening(
                    server, TERMINAL, StreamOptions.terminal(stdout, new WindowSize(100, 30))))) {
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
            new RequestedStreams(false, true, true, true),
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
  void attachingWaitsForNoAnswerThatAServerGivesToTheStreamForSizesInstead() throws Exception {
    ExecStatus status =
        run(
            "v4.channel.k8s.io",
            new RequestedStreams(false, true, true, true),
            side -> {
              side.accept();
              side.accept();
              assertThat(side.receive()).isEqualTo("SYN 5 streamtype=stderr");
              // Were the stream for sizes opened by now, it would come before the answer.
              side.ping(2);
              assertThat(side.next()).isEqualTo("PING 2");
              side.reply(5);
              assertThat(side.accept()).isEqualTo("SYN 7 streamtype=resize");
              side.data(1, SUCCESS);
              endOutput(side);
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void closingTheSessionSaysGoodbye() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.spdy(
            "v4.channel.k8s.io",
            side -> {
              acceptOutput(side);
              assertThat(side.receive()).isEqualTo("GOAWAY 0 0");
              side.socket().awaitEnd();
            })) {
      ContainerSession session =
          Replies.await(opening(server, OUTPUT, StreamOptions.of(stdout, stderr)));
      session.close();
      server.awaitPlayed();
      assertThatThrownBy(() -> Replies.await(session.status()))
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining("closed on this side");
    }
  }
}
