package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many sessions that end in every way and at every stage leave nothing behind. */
@Timeout(120)
class SoakTest {
  private static final int SESSIONS = 1000;
  private static final String V5 = "v5.channel.k8s.io";

  @Test
  void afterManyAbortedSessionsEveryBufferIsReleasedAndEveryConnectionClosed() throws Exception {
    Random random = new Random(7);
    AtomicInteger unfinished = new AtomicInteger();
    TestServer.Work work =
        (streams, end) -> {
          unfinished.incrementAndGet();
          streams.onDisconnect(() -> end.complete(new Outcome.Exited(137)));
          var _ = end.thenRun(() -> unfinished.decrementAndGet());
          Programs.cat().start(streams, end);
        };
    TestServer server = new TestServer(work);
    long before;
    try (server) {
      // What Netty keeps for good, from its first answer on, is there before the count.
      session(server.exec(ALL), new Random(1));
      await(() -> unfinished.get() == 0);
      assertThat(server.connectionsClosed()).isTrue();
      before = buffers();
      for (int i = 0; i < SESSIONS; i++) {
        session(server.exec(ALL), random);
      }
      await(() -> unfinished.get() == 0);
      assertThat(server.connectionsClosed()).isTrue();
      assertThat(server.sessions()).isEmpty();
    }
    assertThat(buffers()).isEqualTo(before);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static void session(URI uri, Random random) throws IOException {
    try (WebSocketPeer client = WebSocketPeer.connect(uri)) {
      int stage = random.nextInt(6);
      if (stage == 0) {
        client.socket().send("GET " + uri.getPath());
        return;
      }
      client.upgrade(V5);
      if (stage >= 2) {
        client.message(0, new byte[random.nextInt(100_000)]);
      }
      if (stage >= 3) {
        client.fragment(WebSocketFrame.BINARY, new byte[random.nextInt(3)]);
        client.send(WebSocketFrame.PING, new byte[5]);
      }
      if (stage == 4) {
        client.send(0, new byte[0]);
        client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255, 0});
        client.readAll();
      } else if (random.nextBoolean()) {
        client.socket().reset();
      } else {
        client.sendClose(1000);
      }
    }
  }

  private static long buffers() {
    return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
        + UnpooledByteBufAllocator.DEFAULT.metric().usedHeapMemory();
  }
}
