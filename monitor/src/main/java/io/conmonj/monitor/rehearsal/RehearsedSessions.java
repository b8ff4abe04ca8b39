package io.conmonj.monitor.rehearsal;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.LentFd;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.FrozenServer;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Make-believe streaming sessions: their clients get what they send back from one server, and then
 * from another that goes on with them. Loop thread only.
 */
final class RehearsedSessions implements AutoCloseable {
  private static final String TARGET = "rehearsal";

  private static final Stdio ALL = new Stdio(true, true, true, false);

  private final Stage stage;
  private final LoopbackPort target;
  private final LoopbackPort port;
  private final List<RehearsedClient> clients = new ArrayList<>();
  private EchoBackend backend;

  /** Who is to be served next; null for nobody. */
  private Speech next;

  /** The number of the target. */
  private int forwarded;

  private StreamingServer server;

  RehearsedSessions(Stage stage) {
    this.stage = stage;
    this.target =
        new LoopbackPort(stage.loop().netty(), each -> each.pipeline().addLast(new Echo()));
    this.port = new LoopbackPort(stage.loop().netty(), this::serve);
    begin();
  }

  private void begin() {
    backend = new EchoBackend(stage.loop(), stage::refused);
    server =
        new StreamingServer(
            stage.loop().netty(), EpollServerSocketChannel::new, StreamingConfig.DEFAULT, backend);
  }

  /**
   * Serves them, moves them, and serves them again.
   *
   * @param programme see {@link Programme}
   * @throws NotServedException when one of them was ended
   * @throws IOException when this machine does not let them be served
   */
  void play(String programme) throws IOException, NotServedException {
    forwarded = stage.await(target.number());
    for (Speech each : Programme.speeches(programme, forwarded)) {
      next = each;
      RehearsedClient client =
          new RehearsedClient(stage.loop().netty(), stage.await(port.number()), each);
      clients.add(client);
      speak(client);
    }
    move();
    for (RehearsedClient each : clients) {
      speak(each);
    }
  }

  private void speak(RehearsedClient client) throws IOException, NotServedException {
    stage.await(client.speak(), backend, "read what a command of a session writes");
  }

  /** Who comes is the client that was made last. */
  private void serve(Channel connection) {
    if (next == null) {
      var _ = connection.close();
      return;
    }
    server.begin(connection, request(next.kind()), next.protocol());
    next = null;
  }

  private StreamingRequest request(SessionKind kind) {
    return switch (kind) {
      case EXEC -> new ExecRequest(TARGET, List.of("cat"), ALL);
      case ATTACH -> new AttachRequest(TARGET, ALL);
      case PORT_FORWARD -> new PortForwardRequest(TARGET, List.of(forwarded));
    };
  }

  private void move() throws IOException {
    try {
      FrozenServer frozen = duplicate(server.freeze());
      server.letGo();
      backend.close();
      begin();
      server.thaw(frozen);
    } catch (CannotMoveException stays) {
      throw new IOException(stays);
    }
  }

  private static FrozenServer duplicate(FrozenServer frozen) throws KernelException {
    List<FrozenConnection> connections = new ArrayList<>();
    for (FrozenConnection each : frozen.connections()) {
      Map<String, Integer> descriptors = new HashMap<>();
      for (Map.Entry<String, Integer> one : each.descriptors().entrySet()) {
        try (LentFd socket = LentFd.of(one.getValue())) {
          descriptors.put(one.getKey(), Fcntl.duplicate(socket.fd()).release());
        }
      }
      connections.add(new FrozenConnection(each.state(), descriptors));
    }
    return new FrozenServer(frozen.state(), connections);
  }

  @Override
  public void close() {
    // First, so that no session has an end that would be logged.
    server.letGo();
    clients.forEach(RehearsedClient::close);
    port.close();
    target.close();
    backend.close();
  }
}
