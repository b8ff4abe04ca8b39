package io.conmonj.client.portforward;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Forwarded ports against a server that plays a script. */
@Timeout(180)
abstract class PortForwardFixture implements PortForwardListener {
  static final Duration LIMIT = Duration.ofSeconds(30);
  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final ClientLoop loop = new ClientLoop();
  final List<String> told = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @Override
  public void connected(ForwardedPort port) {
    told.add("connected " + port.remote());
  }

  @Override
  public void failed(ForwardedPort port, String message) {
    told.add("failed " + port.remote() + " " + message);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    loop.close();
  }

  /** A server that takes the request and then plays the script. */
  ScriptedServer server(ScriptedServer.Script<SpdyPeer> script) throws IOException {
    ScriptedServer server =
        new ScriptedServer(
            socket -> {
              SpdyPeer side = new SpdyPeer(socket);
              assertThat(side.grantUpgrade("portforward.k8s.io"))
                  .map(line -> line.toLowerCase(Locale.ROOT))
                  .contains("x-stream-protocol-version: portforward.k8s.io");
              script.play(side);
            });
    opened.add(server);
    return server;
  }

  PortForward forward(ScriptedServer server, String... ports) throws IOException {
    List<PortMapping> mappings = List.of(ports).stream().map(PortMapping::parse).toList();
    PortForward forward =
        Replies.await(
            PortForward.open(
                loop,
                server.url(),
                new PortForwardOptions(
                    List.of("127.0.0.1"), mappings, ConnectionOptions.over(Transport.SPDY), this)));
    opened.add(forward);
    return forward;
  }

  Socket connect(PortForward forward, int index) throws IOException {
    InetSocketAddress local = forward.ports().get(index).local();
    Socket socket = new Socket(local.getAddress(), local.getPort());
    opened.add(socket);
    return socket;
  }

  /** Accepts the streams of a connection, an error stream of this number and the data stream. */
  static void acceptPair(SpdyPeer side, int error, int port, int request) throws IOException {
    String rest = " port=" + port + " requestid=" + request + " streamtype=";
    assertThat(side.accept()).isEqualTo("SYN " + error + rest + "error");
    assertThat(side.receive()).isEqualTo("FIN " + error);
    assertThat(side.accept()).isEqualTo("SYN " + (error + 2) + rest + "data");
  }
}
