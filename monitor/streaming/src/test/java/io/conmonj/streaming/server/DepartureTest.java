package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a client goes away, and what the backend and the client then hear. */
@Timeout(180)
class DepartureTest {
  private static final String V5 = "v5.channel.k8s.io";

  /** The ways in which a client goes away. */
  enum Departure {
    CLOSE_FRAME {
      @Override
      void leave(WebSocketPeer client) throws IOException {
        client.sendClose(1000);
      }
    },
    END_OF_STREAM {
      @Override
      void leave(WebSocketPeer client) throws IOException {
        client.socket().endOutput();
      }
    },
    RESET {
      @Override
      void leave(WebSocketPeer client) throws IOException {
        client.socket().reset();
      }
    },
    PROTOCOL_ERROR {
      @Override
      void leave(WebSocketPeer client) throws IOException {
        client.socket().send(new byte[] {(byte) 0xFF, 0});
      }
    };

    abstract void leave(WebSocketPeer client) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aBackendHearsThatItsClientHasGoneAndGetsTheEndOfInput(Departure departure) throws Exception {
    Watcher watcher = new Watcher();
    try (TestServer server = new TestServer(watcher);
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.message(0, "last words");
      assertThat(watcher.next()).isEqualTo("data last words");
      departure.leave(client);
      assertThat(watcher.next()).isEqualTo("disconnected");
      assertThat(watcher.next()).isEqualTo("end, connected: false");
      SessionStreams streams = watcher.streams.get();
      server.onLoop(
          () -> {
            assertThat(streams.stdout().orElseThrow().isWritable()).isTrue();
            streams.stdout().orElseThrow().write(Programs.bytes("into the void"));
            return null;
          });
      watcher.outcome.complete(new Outcome.Exited(0));
    }
    assertThat(watcher.heard).isEmpty();
  }

  @Test
  void inputThatWaitsWhenTheClientLeavesIsStillDelivered() throws Exception {
    CompletableFuture<InboundStream> stdin = new CompletableFuture<>();
    CompletableFuture<Void> gone = new CompletableFuture<>();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer(
                (streams, end) -> {
                  streams.onDisconnect(() -> gone.complete(null));
                  stdin.complete(streams.stdin().orElseThrow());
                });
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.message(0, "waiting");
      client.sendClose(1000);
      gone.get(60, TimeUnit.SECONDS);
      server.onLoop(
          () -> {
            stdin
                .get()
                .receive(
                    new InboundStream.Receiver() {
                      @Override
                      public void data(ByteBuf bytes) {
                        heard.add(bytes.toString(StandardCharsets.UTF_8));
                        bytes.release();
                      }

                      @Override
                      public void end() {
                        heard.add("end");
                      }
                    });
            return null;
          });
      assertThat(heard).containsExactly("waiting", "end");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"END_OF_STREAM", "RESET"})
  void aClientThatIsCutOffWhileItsInputIsHeldBackIsNoticed(Departure departure) throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.onDisconnect(() -> gone.complete(null)));
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      // What is not read must fit into the socket's buffer: behind a full one no end arrives.
      int overTheBound = StreamingLimits.DEFAULT.stdinBuffer() + 1;
      client.message(0, new byte[overTheBound]);
      departure.leave(client);
      // Seen late, and then what it had sent has its time.
      gone.get(45, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSE_FRAME,v4.channel.k8s.io",
    "CLOSE_FRAME,v5.channel.k8s.io",
    "END_OF_STREAM,v4.channel.k8s.io",
    "END_OF_STREAM,v5.channel.k8s.io"
  })
  void aClientThatSendsItsInputAndClosesAtOnceLosesNoneOfIt(Departure departure, String protocol)
      throws Exception {
    int length = 200_000;
    CompletableFuture<SessionStreams> session = new CompletableFuture<>();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer(
                (streams, end) -> {
                  streams.onDisconnect(() -> heard.add("disconnected"));
                  session.complete(streams);
                });
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), protocol)) {
      client.message(0, new byte[length]);
      departure.leave(client);
      while (server.onLoop(() -> session.get().isConnected())) {
        Thread.onSpinWait();
      }
      assertThat(heard).isEmpty();
      SlowReader reader = new SlowReader(session.get().stdin().orElseThrow(), heard);
      server.onLoop(
          () -> {
            reader.stdin.receive(reader);
            return null;
          });
      while (heard.isEmpty()) {
        server.onLoop(
            () -> {
              reader.stdin.resume();
              return null;
            });
      }
      assertThat(reader.count).hasValue(length);
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("disconnected");
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("end");
    }
  }

  /** Takes one piece at a time. */
  private static final class SlowReader implements InboundStream.Receiver {
    private final InboundStream stdin;
    private final BlockingQueue<String> heard;
    private final AtomicInteger count = new AtomicInteger();

    SlowReader(InboundStream stdin, BlockingQueue<String> heard) {
      this.stdin = stdin;
      this.heard = heard;
    }

    @Override
    public void data(ByteBuf bytes) {
      stdin.pause();
      count.addAndGet(bytes.readableBytes());
      bytes.release();
    }

    @Override
    public void end() {
      heard.add("end");
    }
  }

  @Test
  void aCutConnectionNeverLooksLikeSuccess() throws Exception {
    Watcher watcher = new Watcher();
    try (TestServer server = new TestServer(watcher);
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.socket().endOutput();
      assertThat(watcher.next()).isEqualTo("disconnected");
      watcher.outcome.complete(new Outcome.Exited(0));
      assertThat(client.socket().rest()).isEmpty();
    }
  }

  @Test
  void theClientsCloseIsAnsweredWithItsCode() throws Exception {
    try (TestServer server = new TestServer(new Watcher());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.sendClose(3456);
      WebSocketFrame close = client.read();
      assertThat(close.opcode()).isEqualTo(WebSocketFrame.CLOSE);
      assertThat(close.closeCode()).isEqualTo(3456);
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aCloseWithoutACodeIsAnsweredWithoutOne() throws Exception {
    try (TestServer server = new TestServer(new Watcher());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.send(WebSocketFrame.CLOSE, new byte[0]);
      assertThat(client.read().payload()).isEmpty();
      assertThat(client.atEnd()).isTrue();
    }
  }
}
