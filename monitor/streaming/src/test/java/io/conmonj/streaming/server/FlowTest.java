package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Much data, slow clients, slow programs: nothing lost, and nothing kept beyond the bounds. */
@Timeout(120)
class FlowTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final int MIB = 1024 * 1024;
  private static final int PERIOD = 251;

  /** What one session may hold in buffers: both directions' bounds, and a read in the making. */
  private static final long SESSION_MEMORY = 2 * MIB;

  @Test
  void oneGibibyteOfOutputArrivesWholeInBoundedMemory() throws Exception {
    long total = 1024L * MIB;
    try (TestServer server = new TestServer(Programs.source(total, 32 * 1024));
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), V5)) {
      long before = buffers();
      long most = 0;
      long read = 0;
      while (read < total) {
        read += checkedOutput(client.read(), read);
        most = Math.max(most, buffers() - before);
      }
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
      assertThat(most).isLessThan(SESSION_MEMORY);
    }
  }

  @Test
  void aSlowClientThatPingsAllTheTimeLosesNothing() throws Exception {
    long total = 16L * MIB;
    try (TestServer server = new TestServer(Programs.source(total, 32 * 1024));
        WebSocketPeer client =
            WebSocketPeer.open(PeerSocket.connect(server.exec(OUTPUT), 16 * 1024), V5)) {
      client.read();
      long read = 0;
      while (read < total) {
        client.send(WebSocketFrame.PING, new byte[] {1});
        WebSocketFrame frame = client.read();
        if (frame.opcode() == WebSocketFrame.BINARY) {
          read += checkedOutput(frame, read);
        }
      }
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aClientThatDoesNotReadPausesTheProducerUntilItReads() throws Exception {
    long total = 64L * MIB;
    CompletableFuture<SessionStreams> session = new CompletableFuture<>();
    try (TestServer server =
            new TestServer(
                (streams, end) -> {
                  Programs.source(total, 32 * 1024).start(streams, end);
                  session.complete(streams);
                });
        WebSocketPeer client =
            WebSocketPeer.client(PeerSocket.connect(server.exec(OUTPUT), 16 * 1024))) {
      long before = buffers();
      client.upgrade(V5);
      SessionStreams streams = session.get(60, TimeUnit.SECONDS);
      while (server.onLoop(() -> streams.stdout().orElseThrow().isWritable())) {
        Thread.onSpinWait();
      }
      assertThat(buffers() - before).isLessThan(SESSION_MEMORY);
      client.read();
      long read = 0;
      while (read < total) {
        read += checkedOutput(client.read(), read);
      }
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void halfAGibibyteOfInputArrivesWholeInBoundedMemory() throws Exception {
    long total = 512L * MIB;
    CompletableFuture<Long> counted = new CompletableFuture<>();
    try (TestServer server = new TestServer(Programs.count(counted::complete));
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      byte[] chunk = WebSocketFrame.ofClient(0x82, new byte[32 * 1024 + 1]);
      long before = buffers();
      long most = 0;
      for (long sent = 0; sent < total; sent += 32 * 1024) {
        client.socket().send(chunk);
        most = Math.max(most, buffers() - before);
      }
      client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255, 0});
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
      assertThat(counted).isCompletedWithValue(total);
      assertThat(most).isLessThan(SESSION_MEMORY);
    }
  }

  @Test
  void aMessageOf32MibIsPassedOnWhileItComes() throws Exception {
    int length = 32 * MIB;
    AtomicLong arrived = new AtomicLong();
    try (TestServer server =
            new TestServer(
                (streams, end) -> streams.stdin().orElseThrow().receive(counter(arrived)));
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      long before = buffers();
      client.socket().send(WebSocketFrame.headerOfClient(0x82, length));
      byte[] part = new byte[MIB];
      part[0] = 0x11; // The channel byte 0, masked.
      client.socket().send(part);
      await(arrived, MIB - 1);
      part[0] = 0;
      for (int i = 1; i < 32; i++) {
        client.socket().send(part);
        await(arrived, (i + 1L) * MIB - 1);
        assertThat(buffers() - before).isLessThan(SESSION_MEMORY);
      }
    }
  }

  @Test
  void pingsAreAnsweredWhileTheProgramDoesNotTakeItsInput() throws Exception {
    try (TestServer server = new TestServer((streams, end) -> {});
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      for (int i = 0; i < 24; i++) {
        client.message(0, "input that nobody takes");
        client.send(WebSocketFrame.PING, new byte[] {(byte) i});
        WebSocketFrame pong = client.read();
        assertThat(pong.opcode()).isEqualTo(WebSocketFrame.PONG);
        assertThat(pong.payload()).containsExactly(i);
      }
    }
  }

  @Test
  void aPingBehindMuchInputThatNobodyTakesYetGetsItsOwnAnswer() throws Exception {
    try (TestServer server = new TestServer((streams, end) -> {});
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      for (int sent = 0; sent < 768; sent += 32) {
        client.message(0, new byte[32 * 1024]);
      }
      client.send(WebSocketFrame.PING, new byte[] {7});
      WebSocketFrame pong = client.read();
      assertThat(pong.opcode()).isEqualTo(WebSocketFrame.PONG);
      // One that nobody asked for would repeat what was asked last, and that was nothing.
      assertThat(pong.payload()).containsExactly(7);
    }
  }

  @Test
  void inputThatNobodyTakesIsHeldBackAtItsBoundAndNothingOfItIsLost() throws Exception {
    long total = 16L * MIB;
    CompletableFuture<InboundStream> stdin = new CompletableFuture<>();
    AtomicLong arrived = new AtomicLong();
    try (TestServer server =
            new TestServer((streams, end) -> stdin.complete(streams.stdin().orElseThrow()));
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      long before = buffers();
      Thread sender = Thread.ofVirtual().start(() -> sendAll(client, total));
      InboundStream input = stdin.get(60, TimeUnit.SECONDS);
      // The sender is stuck when the buffers of both sockets and of the session are full.
      sender.join(1000);
      assertThat(sender.isAlive()).isTrue();
      assertThat(buffers() - before).isLessThan(SESSION_MEMORY);
      server.onLoop(
          () -> {
            input.receive(counter(arrived));
            return null;
          });
      sender.join();
      await(arrived, total);
    }
  }

  private static void sendAll(WebSocketPeer client, long total) {
    byte[] chunk = WebSocketFrame.ofClient(0x82, new byte[32 * 1024 + 1]);
    try {
      for (long sent = 0; sent < total; sent += 32 * 1024) {
        client.socket().send(chunk);
      }
    } catch (IOException e) {
      throw new AssertionError("send input", e);
    }
  }

  private static void await(AtomicLong count, long expected) {
    while (count.get() < expected) {
      Thread.onSpinWait();
    }
    assertThat(count.get()).isEqualTo(expected);
  }

  private static InboundStream.Receiver counter(AtomicLong count) {
    return new InboundStream.Receiver() {
      @Override
      public void data(ByteBuf bytes) {
        count.addAndGet(bytes.readableBytes());
        bytes.release();
      }

      @Override
      public void end() {}
    };
  }

  /** The number of bytes of a message of {@link Programs#source}, after checking each of them. */
  private static int checkedOutput(WebSocketFrame frame, long position) {
    byte[] payload = frame.payload();
    assertThat(payload[0]).isEqualTo((byte) 1);
    int expected = (int) (position % PERIOD);
    for (int i = 1; i < payload.length; i++) {
      if (payload[i] != (byte) expected) {
        throw new AssertionError("wrong byte at " + (position + i - 1));
      }
      expected = expected + 1 == PERIOD ? 0 : expected + 1;
    }
    return payload.length - 1;
  }

  /** Bytes in buffers of the whole program. */
  private static long buffers() {
    return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
        + UnpooledByteBufAllocator.DEFAULT.metric().usedHeapMemory();
  }
}
