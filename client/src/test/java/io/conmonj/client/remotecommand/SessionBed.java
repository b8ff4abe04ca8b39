package io.conmonj.client.remotecommand;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What a test of sessions needs: a loop, and what came of the commands' output. */
final class SessionBed implements AutoCloseable {
  /** Of a session with input and both outputs. */
  static final RequestedStreams STREAMS = new RequestedStreams(true, true, true, false);

  private final ClientLoop loop = new ClientLoop();
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  ClientLoop loop() {
    return loop;
  }

  ByteArrayOutputStream stdout() {
    return stdout;
  }

  ByteArrayOutputStream stderr() {
    return stderr;
  }

  /** The status of a session with a server that plays a script. */
  ExecStatus run(ScriptedServer.Script<WebSocketPeer> script) throws Exception {
    try (ScriptedServer server = ScriptedServer.webSocket(script);
        ContainerSession session = open(server)) {
      return Replies.await(session.status());
    }
  }

  ContainerSession open(ScriptedServer server) throws IOException {
    return open(server, StreamOptions.of(stdout, stderr));
  }

  ContainerSession open(ScriptedServer server, StreamOptions options) throws IOException {
    return Replies.await(ContainerSession.open(loop, server.url(), STREAMS, options));
  }

  @Override
  public void close() {
    loop.close();
  }
}
