package io.conmonj.streaming.server;

import static io.conmonj.streaming.peer.WebSocketFrame.BINARY;
import static io.conmonj.streaming.peer.WebSocketFrame.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.ServerActivity;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes on when one server takes the place of another. */
@Timeout(120)
class MoveTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final int PERIOD = 251;

  @Test
  void aUrlIsRedeemedAtTheServerThatCameAfterItAndOnlyOnce() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat)) {
      URI used = server.exec();
      URI url = server.exec();
      try (WebSocketPeer first = WebSocketPeer.command(used, V5)) {
        server.move();
        assertThatThrownBy(() -> WebSocketPeer.command(used, V5)).hasMessageContaining("404");
        try (WebSocketPeer client = WebSocketPeer.command(url, V5)) {
          client.message(0, "after");
          assertThat(client.readMessage().text()).isEqualTo("after");
          first.message(0, "before");
          assertThat(first.readMessage().text()).isEqualTo("before");
        }
      }
    }
  }

  @Test
  void aClientThatHasConnectedWhileThereWasNoServerIsServed() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat)) {
      URI url = server.exec();
      PeerSocket[] waiting = new PeerSocket[1];
      server.move(
          () -> {
            waiting[0] = PeerSocket.connect(url);
            waiting[0].send(waiting[0].webSocketRequest(V5));
          });
      try (PeerSocket client = waiting[0]) {
        assertThat(client.head().getFirst()).contains(" 101 ");
      }
    }
  }

  @Test
  void whetherConnectionsCanBeReadIsToldBeforeAnythingBegins() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        WebSocketPeer client = WebSocketPeer.command(server.exec(), V5)) {
      assertThat(server.readElsewhere(state -> state)).isEmpty();
      assertThat(server.readElsewhere(state -> with(99, 3, state)))
          .containsExactly("connection in version 99, not known");
      assertThat(server.readElsewhere(state -> with('X', 8, state)))
          .singleElement()
          .asString()
          .contains("no ConnectionForm is named XEBSOCKET");
      assertThat(server.readElsewhere(state -> Arrays.copyOf(state, 40))).hasSize(1);
      client.message(0, "goes on");
      assertThat(client.readMessage().text()).isEqualTo("goes on");
    }
  }

  @Test
  void whereTheLeastWaitsGoesOnFirst() throws Exception {
    Queue<String> names = new ArrayDeque<>(List.of("much", "little"));
    List<String> begun = new CopyOnWriteArrayList<>();
    try (MovingServer server =
        new MovingServer(
            () -> {
              String name = names.remove();
              return (streams, end) -> begun.add(name);
            })) {
      try (WebSocketPeer much = WebSocketPeer.command(server.exec(), V5);
          WebSocketPeer little = WebSocketPeer.command(server.exec(), V5)) {
        much.message(0, "nobody reads it ".repeat(100));
        little.message(0, "nor this");
        server.settle();
        assertThat(begun).containsExactly("much", "little");
        server.move();
        assertThat(begun).containsExactly("much", "little", "little", "much");
      }
    }
  }

  private static byte[] with(int value, int at, byte[] state) {
    byte[] changed = state.clone();
    changed[at] = (byte) value;
    return changed;
  }

  @Test
  void aSessionKeepsItsNumberItsBytesAndItsBeginning() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        WebSocketPeer client = WebSocketPeer.command(server.exec(), V5)) {
      client.message(0, "12345");
      client.readMessage();
      SessionInfo before = server.onLoop(() -> server.server().sessions()).getFirst();
      server.move();
      assertThat(server.onLoop(() -> server.server().sessions())).containsExactly(before);
      assertThat(server.onLoop(() -> server.server().totals()).getFirst().begun()).isEqualTo(1);
      client.message(0, "678");
      client.readMessage();
      SessionInfo after = server.onLoop(() -> server.server().sessions()).getFirst();
      assertThat(after.received()).isEqualTo(8);
      assertThat(after.sent()).isEqualTo(8);
      client.send(BINARY, new byte[] {(byte) 255, 0});
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
      assertThat(server.onLoop(() -> server.server().ended(SessionEnd.FINISHED))).isEqualTo(1);
      try (WebSocketPeer next = WebSocketPeer.command(server.exec(), V5)) {
        assertThat(server.onLoop(() -> server.server().sessions()).getFirst().id())
            .isGreaterThan(before.id());
        next.sendClose(1000);
      }
    }
  }

  @Test
  void aSlowClientGetsAllOfALongOutputFromManyServers() throws Exception {
    long total = 8 * 1024 * 1024;
    try (MovingServer server = new MovingServer(() -> new LastingSource(total));
        PeerSocket socket = PeerSocket.connect(server.exec(), 16 * 1024);
        WebSocketPeer client = WebSocketPeer.open(socket, V5)) {
      client.read();
      long got = 0;
      WebSocketFrame frame = client.readMessage();
      for (int frames = 0; frame.channel() == 1; frames++) {
        byte[] payload = frame.payload();
        for (int i = 1; i < payload.length; i++) {
          assertThat(payload[i]).isEqualTo((byte) (got++ % PERIOD));
        }
        if (frames % 7 == 0) {
          server.settle();
          server.move();
        }
        frame = client.readMessage();
      }
      assertThat(got).isEqualTo(total);
      assertThat(server.moves()).isGreaterThan(30);
      assertThat(frame.text()).isEqualTo(Programs.SUCCESS);
      server.move();
      assertThat(client.read().closeCode()).isEqualTo(1000);
      server.move();
      client.sendClose(1000);
      assertThat(client.atEnd()).isTrue();
      server.moveWhenPossible();
    }
  }

  @Test
  void inputThatABackendDoesNotTakeYetIsKeptAndItsClientHeldBackElsewhere() throws Exception {
    byte[] megabyte = new byte[1024 * 1024];
    CompletableFuture<Void> take = new CompletableFuture<>();
    CompletableFuture<Long> all = new CompletableFuture<>();
    try (MovingServer server = new MovingServer(() -> new LateSink(take, all));
        WebSocketPeer client = WebSocketPeer.command(server.exec(), V5)) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 16; i++) {
                    client.message(0, megabyte);
                  }
                  client.send(BINARY, new byte[] {(byte) 255, 0});
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      for (int i = 0; i < 20; i++) {
        server.settle();
        server.move();
      }
      long received = server.onLoop(() -> server.server().sessions()).getFirst().received();
      assertThat(received).isLessThan(4L * megabyte.length);
      take.complete(null);
      server.move();
      sent.get(60, TimeUnit.SECONDS);
      assertThat(all.get(60, TimeUnit.SECONDS)).isEqualTo(16L * megabyte.length);
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void aClientThatHasBrokenOffMeanwhileIsFoundOut() throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    TestServer.Work work = (streams, end) -> streams.onDisconnect(() -> gone.complete(null));
    try (MovingServer server = new MovingServer(() -> work);
        WebSocketPeer client = WebSocketPeer.command(server.exec(), V5)) {
      server.move(() -> client.socket().reset());
      gone.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void noBackendHearsThatAClientHasGoneThatOnlyMoved() throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    TestServer.Work work = (streams, end) -> streams.onDisconnect(() -> gone.complete(null));
    try (MovingServer server = new MovingServer(() -> work);
        WebSocketPeer client = WebSocketPeer.command(server.exec(), V5)) {
      server.move();
      server.settle();
      assertThat(gone).isNotDone();
      client.sendClose(1000);
      assertThat(client.read().opcode()).isEqualTo(CLOSE);
      gone.get(60, TimeUnit.SECONDS);
    }
  }

  /** What a client has sent is there a moment later. */
  private static void awaitActivity(MovingServer server, Predicate<ServerActivity> wanted)
      throws Exception {
    MovingServer.await(() -> server.onLoop(() -> server.server().activity()), wanted);
  }

  @Test
  void aServerSaysWhatItIsBusyWith() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat)) {
      assertThat(server.onLoop(() -> server.server().activity()).isIdle()).isTrue();
      URI url = server.exec();
      assertThat(server.onLoop(() -> server.server().activity()).tokens()).isEqualTo(1);
      try (PeerSocket socket = PeerSocket.connect(url)) {
        socket.send("GET ");
        awaitActivity(server, activity -> activity.requests() == 1);
        assertThat(server.onLoop(() -> server.server().activity()).isIdle()).isFalse();
      }
      try (WebSocketPeer client = WebSocketPeer.command(url, V5)) {
        long before = System.nanoTime();
        client.message(0, "x");
        client.readMessage();
        assertThat(server.onLoop(() -> server.server().activity()).lastByteNanos(before) - before)
            .isPositive();
        client.send(BINARY, new byte[] {(byte) 255, 0});
        client.readUpTo(3);
        awaitActivity(server, activity -> activity.ending() == 1);
      }
    }
  }

  /** Writes a number of bytes, each its place in the output modulo 251, wherever it goes on. */
  private static final class LastingSource implements TestServer.Work {
    private final long total;
    private long written;

    LastingSource(long total) {
      this.total = total;
    }

    @Override
    public void start(SessionStreams streams, CompletableFuture<Outcome> end) {
      OutboundStream out = streams.stdout().orElseThrow();
      out.onWritable(() -> write(out, end));
      write(out, end);
    }

    private void write(OutboundStream out, CompletableFuture<Outcome> end) {
      while (out.isWritable() && written < total) {
        int length = (int) Math.min(10_000, total - written);
        ByteBuf bytes = Unpooled.buffer(length);
        for (int i = 0; i < length; i++) {
          bytes.writeByte((int) (written++ % PERIOD));
        }
        out.write(bytes);
      }
      if (written == total) {
        end.complete(new Outcome.Exited(0));
      }
    }
  }

  /** Takes nothing before it may, then counts all, wherever it goes on. */
  private static final class LateSink implements TestServer.Work, InboundStream.Receiver {
    private final CompletableFuture<Void> take;
    private final CompletableFuture<Long> all;
    private CompletableFuture<Outcome> end;
    private long count;

    LateSink(CompletableFuture<Void> take, CompletableFuture<Long> all) {
      this.take = take;
      this.all = all;
    }

    @Override
    public void start(SessionStreams streams, CompletableFuture<Outcome> itsEnd) {
      end = itsEnd;
      if (take.isDone()) {
        streams.stdin().orElseThrow().receive(this);
      }
    }

    @Override
    public void data(ByteBuf bytes) {
      count += bytes.readableBytes();
      bytes.release();
    }

    @Override
    public void end() {
      all.complete(count);
      end.complete(new Outcome.Exited(0));
    }
  }
}
