package io.conmonj.client.remotecommand;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Remote command over SPDY, against a server that plays a script. */
@Timeout(180)
abstract class SpdySessionFixture {
  static final RequestedStreams OUTPUT = new RequestedStreams(false, true, true, false);
  static final RequestedStreams PIPED = new RequestedStreams(true, true, true, false);
  static final RequestedStreams TERMINAL = new RequestedStreams(true, true, false, true);
  static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";

  private final ClientLoop loop = new ClientLoop();
  final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  CompletableFuture<ContainerSession> opening(
      ScriptedServer server, RequestedStreams streams, StreamOptions options) {
    return ContainerSession.open(
        loop,
        server.url(),
        streams,
        options.withConnection(ConnectionOptions.over(Transport.SPDY)));
  }

  ExecStatus run(String protocol, RequestedStreams streams, ScriptedServer.Script<SpdyPeer> script)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.spdy(protocol, script);
        ContainerSession session =
            Replies.await(opening(server, streams, StreamOptions.of(stdout, stderr)))) {
      ExecStatus status = Replies.await(session.status());
      server.awaitPlayed();
      return status;
    }
  }

  /** Accepts error 1, stdout 3 and stderr 5. */
  static void acceptOutput(SpdyPeer side) throws IOException {
    for (int i = 0; i < 3; i++) {
      side.accept();
    }
  }

  static void endOutput(SpdyPeer side) throws IOException {
    side.end(3);
    side.end(5);
    side.end(1);
    side.until("GOAWAY 0 0");
    side.socket().awaitEnd();
  }
}
