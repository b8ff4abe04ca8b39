package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.SessionTotals;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.memory.Probes;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Of what the server sends, the Nth finds no memory for its buffer, for each N that there is: the
 * client gets all, or sees that it has not; never an end that looks like success. Nothing stays
 * behind, and the next client is served.
 */
@Timeout(300)
class UnsentTest {
  private static final String OUT = "o".repeat(100_000);
  private static final String ERR = "to the other one";
  private static final int ECHOED = 100_000;

  private TestServer server;
  private Target target;

  /** Which buffer from now on finds no memory; 0 for none. */
  private final AtomicInteger toGo = new AtomicInteger();

  private volatile boolean struck;

  /** What a client does; it fails with an IOException where it is cut off. */
  private interface Client {
    void run() throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(UnsentTest::answer);
    target = Target.echo();
    Probes.set(server.memory(), this::next);
  }

  @AfterEach
  void stop() throws Exception {
    toGo.set(0);
    target.close();
    server.close();
  }

  @Test
  void aCommandOverSpdy() throws Exception {
    eachFails(this::commandOverSpdy);
  }

  @Test
  void aCommandOverAWebSocket() throws Exception {
    eachFails(this::commandOverWebSocket);
  }

  @Test
  void aCommandInBase64() throws Exception {
    eachFails(this::commandInBase64);
  }

  @Test
  void aForwardedConnectionOverSpdy() throws Exception {
    eachFails(() -> forward(server.forwardOverSpdy()));
  }

  @Test
  void aForwardedConnectionThroughATunnel() throws Exception {
    eachFails(() -> forward(SpdyPeer.openTunnel(PeerSocket.connect(server.portForward()))));
  }

  @Test
  void aForwardedConnectionOverAWebSocket() throws Exception {
    eachFails(this::forwardOverWebSocket);
  }

  private void eachFails(Client client) throws Exception {
    client.run();
    checkThatNothingIsLeft(0);
    int number = 0;
    do {
      number++;
      struck = false;
      toGo.set(number);
      try {
        client.run();
      } catch (SocketTimeoutException hung) {
        throw new AssertionError("a client waits for ever after buffer " + number, hung);
      } catch (IOException cutOff) {
        assertThat(struck).as("cut off without need: %s", cutOff).isTrue();
      } catch (AssertionError wrong) {
        throw new AssertionError("buffer " + number + ": " + wrong.getMessage(), wrong);
      }
      checkThatNothingIsLeft(number);
    } while (struck);
    assertThat(number).as("buffers that were asked for").isGreaterThan(5);
    assertThat(server.ended(SessionEnd.ABORTED)).as("sessions that were cut off").isPositive();
  }

  private void next() {
    if (toGo.get() > 0 && toGo.decrementAndGet() == 0) {
      struck = true;
      throw new OutOfMemoryError("this test's own: no memory");
    }
  }

  private void checkThatNothingIsLeft(int number) throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    String left = left();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(1);
      left = left();
    }
    assertThat(left).as("what is left after buffer %d", number).isEmpty();
  }

  private String left() throws Exception {
    StringBuilder left = new StringBuilder();
    if (server.connectionCount() > 0) {
      left.append("a connection; ");
    }
    if (target.connections() > 0) {
      left.append("a connection to the target; ");
    }
    if (!server.sessions().isEmpty()) {
      left.append(server.sessions());
    }
    long begun = 0;
    for (SessionTotals each : server.totals()) {
      begun += each.begun();
    }
    for (SessionEnd each : SessionEnd.values()) {
      begun -= server.ended(each);
    }
    if (begun != 0) {
      left.append(begun + " sessions that have not ended; ");
    }
    for (MemoryAccount each : server.memory()) {
      // A URL that could not even be used is kept for its minute.
      if (each.held() != 0 && !each.name().equals("requests")) {
        left.append(each.held() + " bytes of " + each.name() + "; ");
      }
    }
    return left.toString();
  }

  // ---- the clients ----

  private void commandOverSpdy() throws Exception {
    try (SpdyPeer client = server.execOverSpdy()) {
      client.ping(1);
      client.data(3, "in");
      client.end(3);
      readToEnd(1, client);
      // To clients no word on it means success.
      assertThat(client.text(1)).isEqualTo(Programs.SUCCESS);
      assertThat(client.text(5)).isEqualTo(OUT);
      assertThat(client.text(7)).isEqualTo(ERR);
      client.goAway();
    }
  }

  private void commandOverWebSocket() throws Exception {
    try (WebSocketPeer client =
        WebSocketPeer.open(server.exec(TestServer.ALL), "v5.channel.k8s.io")) {
      client.send(WebSocketFrame.PING, new byte[] {1});
      client.message(0, "in");
      client.message(255, new byte[] {0});
      var output = client.readAll();
      assertThat(output.status()).isEqualTo(Programs.SUCCESS);
      assertThat(output.text(1)).isEqualTo(OUT);
      assertThat(output.text(2)).isEqualTo(ERR);
    }
  }

  /** Its end is the mere close frame. */
  private void commandInBase64() throws Exception {
    try (WebSocketPeer client =
        WebSocketPeer.open(server.exec(TestServer.OUTPUT), "base64.channel.k8s.io")) {
      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      for (WebSocketFrame frame = client.read();
          frame.opcode() != WebSocketFrame.CLOSE;
          frame = client.read()) {
        String message = new String(frame.payload(), StandardCharsets.US_ASCII);
        (message.charAt(0) == '1' ? out : err)
            .append(
                new String(
                    Base64.getDecoder().decode(message.substring(1)), StandardCharsets.UTF_8));
      }
      client.sendClose(1000);
      assertThat(out).hasToString(OUT);
      assertThat(err).hasToString(ERR);
    }
  }

  private void forward(SpdyPeer connected) throws Exception {
    try (SpdyPeer client = connected) {
      client.synPair(1, 0, target.port());
      client.data(3, new byte[ECHOED], false);
      client.end(3);
      readToEnd(3, client);
      assertThat(client.bytes(3)).hasSize(ECHOED);
    }
  }

  /** To clients a connection that ends in order is as if its streams had ended so. */
  private static void readToEnd(int stream, SpdyPeer client) throws IOException {
    String words = "";
    while (!words.equals("FIN " + stream)) {
      try {
        words = client.next();
      } catch (EOFException inOrder) {
        throw new AssertionError("the connection ends as if this were all", inOrder);
      }
      if (words.startsWith("RST " + stream + " ") || words.startsWith("GOAWAY")) {
        throw new IOException("not done: " + words);
      }
    }
  }

  private void forwardOverWebSocket() throws Exception {
    try (WebSocketPeer client =
        WebSocketPeer.open(server.portForward(target.port()), "v4.channel.k8s.io")) {
      client.message(0, new byte[ECHOED]);
      int echoed = -2;
      while (echoed < ECHOED) {
        WebSocketFrame frame = client.readUpTo(0);
        echoed += frame.payload().length - 1;
      }
    }
  }

  // ---- the command ----

  /** Writes when its input has ended, or at once where it has none. */
  private static void answer(SessionStreams streams, CompletableFuture<Outcome> end) {
    Runnable write = () -> write(streams, end);
    streams.onDisconnect(() -> end.complete(new Outcome.Failed("its client has gone")));
    if (streams.stdin().isEmpty()) {
      write.run();
      return;
    }
    streams
        .stdin()
        .get()
        .receive(
            new InboundStream.Receiver() {
              @Override
              public void data(ByteBuf bytes) {
                bytes.release();
              }

              @Override
              public void end() {
                write.run();
              }
            });
  }

  private static void write(SessionStreams streams, CompletableFuture<Outcome> end) {
    OutboundStream stdout = streams.stdout().orElseThrow();
    stdout.write(Programs.bytes(OUT));
    stdout.end();
    OutboundStream stderr = streams.stderr().orElseThrow();
    stderr.write(Programs.bytes(ERR));
    stderr.end();
    end.complete(new Outcome.Exited(0));
  }
}
