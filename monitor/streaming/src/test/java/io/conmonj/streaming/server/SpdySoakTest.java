package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many sessions over SPDY that end in every way and at every stage leave nothing behind. */
@Timeout(180)
class SpdySoakTest {
  private static final int SESSIONS = 500;
  private static final String[] TYPES = {"error", "stdin", "stdout", "stderr"};

  /** Constants of the HTTP codec are buffers too, made with its first use. */
  @BeforeAll
  static void firstUse() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      SpdyPeer.open(server.portForward(), "portforward.k8s.io").close();
    }
  }

  @Test
  void afterManyAbortedCommandsEveryBufferIsReleased() throws Exception {
    Random random = new Random(11);
    AtomicInteger unfinished = new AtomicInteger();
    long before = buffers();
    try (TestServer server =
        new TestServer(
            (streams, end) -> {
              unfinished.incrementAndGet();
              streams.onDisconnect(() -> end.complete(new Outcome.Exited(137)));
              var _ = end.thenRun(() -> unfinished.decrementAndGet());
              Programs.cat().start(streams, end);
            })) {
      for (int i = 0; i < SESSIONS; i++) {
        try (SpdyPeer client = SpdyPeer.open(server.exec(ALL), "v4.channel.k8s.io")) {
          command(client, random);
        }
      }
      while (unfinished.get() > 0) {
        Thread.onSpinWait();
      }
      assertThat(server.connectionsClosed()).isTrue();
      assertThat(server.sessions()).isEmpty();
    }
    assertThat(buffers()).isEqualTo(before);
  }

  @Test
  void afterManyAbortedForwardsEveryBufferAndSocketIsGone() throws Exception {
    Random random = new Random(12);
    CountDownLatch end = new CountDownLatch(1);
    long before = buffers();
    try (Target echo = Target.echo();
        Target deaf = new Target(socket -> end.await());
        Target brief = new Target(socket -> socket.setSoLinger(random.nextBoolean(), 0));
        TestServer server = new TestServer(Programs.cat())) {
      server.portForward();
      long sockets = sockets();
      int[] ports = {echo.port(), deaf.port(), brief.port(), Target.unusedPort()};
      for (int i = 0; i < SESSIONS; i++) {
        try (SpdyPeer client = SpdyPeer.open(server.portForward(), "portforward.k8s.io")) {
          forward(client, ports, random);
        }
      }
      assertThat(server.connectionsClosed()).isTrue();
      assertThat(server.sessions()).isEmpty();
      end.countDown();
      // Connections whose client has gone end with their targets.
      while (sockets() > sockets) {
        Thread.sleep(10);
      }
    }
    assertThat(buffers()).isEqualTo(before);
  }

  private static void command(SpdyPeer client, Random random) throws IOException {
    int streams = random.nextInt(TYPES.length + 1);
    for (int i = 0; i < streams; i++) {
      client.open(2 * i + 1, TYPES[i]);
      if (i == 1) {
        client.data(3, new byte[random.nextInt(100_000)], false);
      }
    }
    leave(client, random, 3);
  }

  private static void forward(SpdyPeer client, int[] ports, Random random) throws IOException {
    int pairs = random.nextInt(5);
    for (int i = 0; i < pairs; i++) {
      int port = ports[random.nextInt(ports.length)];
      client.openHalf(4 * i + 1, "data", i, port);
      client.data(4 * i + 1, new byte[random.nextInt(100_000)], false);
      if (random.nextInt(4) > 0) {
        client.openHalf(4 * i + 3, "error", i, port);
      }
      if (random.nextInt(4) == 0) {
        client.reset(4 * i + 1, 5);
      }
    }
    leave(client, random, 1);
  }

  /** In order, in the middle of a frame, with nonsense, or with a reset. */
  private static void leave(SpdyPeer client, Random random, int stream) throws IOException {
    byte[] last = SpdyFrame.data(stream, new byte[1000], random.nextBoolean());
    switch (random.nextInt(4)) {
      case 0 -> client.send(last);
      case 1 -> client.send(Arrays.copyOf(last, random.nextInt(last.length)));
      case 2 -> client.send(new byte[] {(byte) 0x80, 9, 9, 9, 9, 9, 9, 9});
      default -> client.socket().reset();
    }
  }

  private static long buffers() {
    return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
        + UnpooledByteBufAllocator.DEFAULT.metric().usedHeapMemory();
  }

  /** The sockets that this process has open. */
  private static long sockets() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(SpdySoakTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closed) {
      return false;
    }
  }
}
