package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.MemoryLimits;
import io.conmonj.streaming.PortForwardLimits;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Much data over SPDY to targets that read it, and to some that do not. */
@Timeout(180)
class SpdyPortForwardFlowTest {
  private static final int MIB = 1024 * 1024;

  @Test
  void aTargetThatNeverReadsIsGivenUpWhenItStallsTheOthers() throws Exception {
    PortForwardLimits bound = new PortForwardLimits(MIB, Duration.ofMillis(300));
    deafTargetsAreGivenUp(StreamingLimits.DEFAULT.withPortForward(bound), 7);
  }

  /** None of them comes to its own bound: the memory of the connection is full before. */
  @Test
  void targetsThatNeverReadAreGivenUpWhenTogetherTheyStallTheOthers() throws Exception {
    PortForwardLimits bound = new PortForwardLimits(8 * MIB, Duration.ofMillis(300));
    MemoryLimits memory = new MemoryLimits(MIB, MIB / 4, 8 * 1024, MIB, MIB, MIB);
    deafTargetsAreGivenUp(StreamingLimits.DEFAULT.withPortForward(bound).withMemory(memory), 7, 11);
  }

  /**
   * @param deaf the data streams of targets that do not read
   */
  private static void deafTargetsAreGivenUp(StreamingLimits limits, int... deaf) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Target echo = Target.echo();
        Target target = new Target(socket -> end.await());
        TestServer server = new TestServer(limits, Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, echo.port());
      for (int i = 0; i < deaf.length; i++) {
        client.openPair(deaf[i] - 2, i + 1, target.port());
      }
      Thread writer = Thread.ofVirtual().start(() -> sendInTurn(client, 32, deaf));
      client.until("RST " + deaf[0] + " 5");
      writer.join();
      client.data(3, "alive");
      client.until("DATA 3 alive");
      end.countDown();
    }
  }

  @Test
  void aTargetThatNeverReadsMayHoldBackItsClientWhenThereIsNoOther() throws Exception {
    StreamingLimits limits =
        StreamingLimits.DEFAULT.withPortForward(
            new PortForwardLimits(64 * 1024, Duration.ofMillis(20)));
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<Integer> got = new CompletableFuture<>();
    try (Target slow =
            new Target(
                socket -> {
                  read.await();
                  got.complete(socket.getInputStream().readAllBytes().length);
                });
        TestServer server = new TestServer(limits, Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, slow.port());
      Thread writer = Thread.ofVirtual().start(() -> send(client, 3, 64));
      // The sockets' own buffers take several MiB.
      assertThat(server.settledInput(MIB)).isLessThan(32L * MIB);
      read.countDown();
      writer.join();
      client.end(3);
      client.until("FIN 1");
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo(64 * MIB);
    }
  }

  @Test
  void muchDataGoesBothWaysWhole() throws Exception {
    int mebibytes = 32;
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, echo.port());
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    send(client, 3, mebibytes);
                    end(client, 3);
                  });
      client.until("FIN 1");
      writer.join();
      assertThat(client.bytes(3)).hasSize(mebibytes * 1024 * 1024);
    }
  }

  private static void send(SpdyPeer client, int stream, int mebibytes) {
    sendInTurn(client, mebibytes, stream);
  }

  private static void sendInTurn(SpdyPeer client, int mebibytes, int... streams) {
    try {
      for (int i = 0; i < 16 * mebibytes; i++) {
        for (int stream : streams) {
          client.data(stream, new byte[64 * 1024], false);
        }
      }
    } catch (IOException e) {
      throw new AssertionError("send " + mebibytes + " MiB", e);
    }
  }

  private static void end(SpdyPeer client, int stream) {
    try {
      client.end(stream);
    } catch (IOException e) {
      throw new AssertionError("end stream " + stream, e);
    }
  }
}
