package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Much data over SPDY, slow clients and slow programs: nothing is lost and nothing piles up. */
@Timeout(120)
class SpdyFlowTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final Stdio INPUT = new Stdio(true, true, false, false);
  private static final int MIB = 1024 * 1024;
  private static final int PERIOD = 251;

  @Test
  void fiftyMebibytesArriveAtAClientThatNeverSendsAWindowUpdate() throws Exception {
    long total = 50L * MIB;
    try (TestServer server = new TestServer(Programs.source(total, 32 * 1024));
        SpdyPeer client = output(new SpdyPeer(PeerSocket.connect(server.exec(OUTPUT))))) {
      assertThat(readOutput(client, 0, total)).isEqualTo(total);
      client.until("FIN 1");
      assertThat(client.text(1)).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void aSlowClientThatPingsAllTheTimeLosesNothingAndClosesFirst() throws Exception {
    long total = 16L * MIB;
    try (TestServer server = new TestServer(Programs.source(total, 32 * 1024));
        SpdyPeer client =
            output(new SpdyPeer(PeerSocket.connect(server.exec(OUTPUT), 16 * 1024)))) {
      long read = 0;
      for (int ping = 1; read < total; ping += 2) {
        client.ping(ping);
        SpdyFrame frame = client.read();
        if (frame.type() == SpdyFrame.DATA && frame.number() == 3) {
          read += checked(frame, read);
        }
      }
      client.until("FIN 1");
      assertThat(client.text(1)).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void muchInputIsTakenWholeThoughTheProcessHasNoOutput() throws Exception {
    long total = 100L * MIB;
    CompletableFuture<Long> counted = new CompletableFuture<>();
    try (TestServer server = new TestServer(Programs.count(counted::complete));
        SpdyPeer client = input(server)) {
      byte[] mebibyte = new byte[MIB];
      for (long sent = 0; sent < total; sent += MIB) {
        client.data(3, mebibyte, false);
      }
      client.end(3);
      assertThat(counted.get(60, TimeUnit.SECONDS)).isEqualTo(total);
      client.until("FIN 1");
    }
  }

  @Test
  void aProcessThatDoesNotReadHoldsItsClientBackAndNothingIsLost() throws Exception {
    int total = 64 * MIB;
    CompletableFuture<InboundStream> stdin = new CompletableFuture<>();
    CompletableFuture<Long> counted = new CompletableFuture<>();
    try (TestServer server =
            new TestServer(
                (streams, end) -> {
                  stdin.complete(streams.stdin().orElseThrow());
                  Programs.count(counted::complete).start(streams, end);
                  streams.stdin().orElseThrow().pause();
                });
        SpdyPeer client = input(server)) {
      InboundStream stream = stdin.get(60, TimeUnit.SECONDS);
      CompletableFuture<Void> sent = new CompletableFuture<>();
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < total / MIB; i++) {
                        client.data(3, new byte[MIB], false);
                      }
                      client.end(3);
                      sent.complete(null);
                    } catch (IOException e) {
                      sent.completeExceptionally(e);
                    }
                  });
      int bound = StreamingLimits.DEFAULT.stdinBuffer();
      assertThat(server.settledInput(bound)).isLessThan(bound + 2 * MIB);
      assertThat(sent).isNotDone();
      server.onLoop(
          () -> {
            stream.resume();
            return null;
          });
      assertThat(counted.get(60, TimeUnit.SECONDS)).isEqualTo(total);
      writer.join();
      sent.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClientWhoseInputNobodyTakesIsNotReadAnyMore() throws Exception {
    TestServer.Work deaf = (streams, end) -> streams.stdin().orElseThrow().pause();
    try (TestServer server = new TestServer(deaf)) {
      URI uri = server.exec(INPUT);
      SocketChannel socket =
          SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
      try (SpdyPeer client = new SpdyPeer(new PeerSocket(uri, socket.socket()))) {
        client.upgrade(V4);
        client.open(1, "error");
        client.open(3, "stdin");
        client.open(5, "stdout");
        socket.configureBlocking(false);
        ByteBuffer frame = ByteBuffer.wrap(SpdyFrame.data(3, new byte[MIB], false));
        long sent = 0;
        for (int turnsWithoutProgress = 0; turnsWithoutProgress < 200; turnsWithoutProgress++) {
          int now = socket.write(frame);
          if (now > 0) {
            sent += now;
            turnsWithoutProgress = 0;
          }
          if (!frame.hasRemaining()) {
            frame.rewind();
          }
          // More than the two sockets hold (tcp_rmem and tcp_wmem) and the server keeps.
          assertThat(sent).as("bytes that went somewhere").isLessThan(32L * MIB);
          server.turn();
        }
      }
    }
  }

  @Test
  void pingsOfAClientThatDoesNotReadDoNotFillTheMemory() throws Exception {
    try (TestServer server = new TestServer((streams, end) -> {});
        SpdyPeer client = output(new SpdyPeer(PeerSocket.connect(server.exec(OUTPUT), 4 * 1024)))) {
      CompletableFuture<Void> sent = new CompletableFuture<>();
      int pings = 2_000_000;
      byte[] many = new byte[12 * 1000];
      byte[] ping = SpdyFrame.ping(1);
      for (int i = 0; i < many.length; i++) {
        many[i] = ping[i % ping.length];
      }
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < pings / 1000; i++) {
                        client.send(many);
                      }
                      sent.complete(null);
                    } catch (IOException e) {
                      sent.completeExceptionally(e);
                    }
                  });
      for (int i = 0; i < pings; i++) {
        client.expect("PING 1");
      }
      writer.join();
      sent.get(60, TimeUnit.SECONDS);
    }
  }

  private static SpdyPeer output(SpdyPeer client) throws IOException {
    client.upgrade(V4);
    client.open(1, "error");
    client.open(3, "stdout");
    client.open(5, "stderr");
    return client;
  }

  private static SpdyPeer input(TestServer server) throws Exception {
    SpdyPeer client = SpdyPeer.open(server.exec(INPUT), V4);
    client.open(1, "error");
    client.open(3, "stdin");
    client.open(5, "stdout");
    return client;
  }

  private static long readOutput(SpdyPeer client, long from, long to) throws IOException {
    long read = from;
    while (read < to) {
      read += checked(client.read(), read);
    }
    return read;
  }

  private static int checked(SpdyFrame frame, long position) {
    byte[] payload = frame.payload();
    for (int i = 0; i < payload.length; i++) {
      if (payload[i] != (byte) ((position + i) % PERIOD)) {
        throw new AssertionError("wrong byte at " + (position + i));
      }
    }
    return payload.length;
  }
}
