package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.WindowSize;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session sends: input, its end, sizes of the terminal. */
@Timeout(180)
class SessionInputTest {
  private final SessionBed bed = new SessionBed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void sendsTheFirstSizeBeforeAnythingElse() throws Exception {
    CompletableFuture<WebSocketFrame> first = new CompletableFuture<>();
    try (ScriptedServer server =
        ScriptedServer.webSocket(
            side -> {
              first.complete(side.readMessage());
              side.readMessage();
              CommandEnd.succeed(side);
            })) {
      StreamOptions options = StreamOptions.terminal(bed.stdout(), new WindowSize(120, 40));
      ContainerSession session = bed.open(server, options);
      session.stdin().write('x');
      Replies.await(session.status());
    }
    assertThat(first.get().channel()).isEqualTo(4);
    assertThat(first.get().text()).isEqualTo("{\"Width\":120,\"Height\":40}");
  }

  @Test
  void closingStdinEndsOnlyStdin() throws Exception {
    ExecStatus status;
    try (ScriptedServer server =
            ScriptedServer.webSocket(
                side -> {
                  StringBuilder heard = new StringBuilder();
                  WebSocketFrame frame = side.readMessage();
                  for (; frame.channel() == 0; frame = side.readMessage()) {
                    heard.append(frame.text());
                  }
                  assertThat(frame.payload()).containsExactly(255, 0);
                  side.message(1, heard.toString());
                  CommandEnd.succeed(side);
                });
        ContainerSession session = bed.open(server)) {
      session.stdin().write("hello".getBytes(StandardCharsets.UTF_8));
      session.stdin().close();
      session.stdin().close();
      status = Replies.await(session.status());
    }
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(bed.stdout()).hasToString("hello");
  }

  @Test
  void aServerOfVersion4IsNeverSentACloseSignal() throws Exception {
    CompletableFuture<WebSocketFrame> second = new CompletableFuture<>();
    try (ScriptedServer server =
            ScriptedServer.webSocket(
                "v4.channel.k8s.io",
                side -> {
                  side.readMessage();
                  side.message(1, "got it");
                  second.complete(side.readMessage());
                  CommandEnd.succeed(side);
                });
        ContainerSession session = bed.open(server)) {
      assertThat(session.canHalfClose()).isFalse();
      session.stdin().write('x');
      session.stdin().close();
      session.resize(new WindowSize(1, 1));
      Replies.await(session.status());
    }
    assertThat(second.get().channel()).isEqualTo(4);
  }

  @Test
  void muchInputArrivesWholeInMessagesOfBoundedSize() throws Exception {
    int size = 5_000_000;
    CRC32 heard = new CRC32();
    CRC32 said = new CRC32();
    byte[] piece = new byte[100_003];
    try (ScriptedServer server =
            ScriptedServer.webSocket(
                side -> {
                  for (long seen = 0; seen < size; ) {
                    WebSocketFrame frame = side.readMessage();
                    assertThat(frame.payload().length).isLessThanOrEqualTo((32 << 10) + 1);
                    heard.update(frame.payload(), 1, frame.payload().length - 1);
                    seen += frame.payload().length - 1;
                  }
                  CommandEnd.succeed(side);
                });
        ContainerSession session = bed.open(server)) {
      for (int sent = 0; sent < size; ) {
        int length = Math.min(piece.length, size - sent);
        Arrays.fill(piece, (byte) sent);
        said.update(piece, 0, length);
        session.stdin().write(piece, 0, length);
        sent += length;
      }
      Replies.await(session.status());
    }
    assertThat(heard.getValue()).isEqualTo(said.getValue());
  }
}
