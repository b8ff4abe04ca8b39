package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Eventually;
import io.conmonj.client.connection.UpgradeRefusedException;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes of a session: output, status, or why there is none. */
@Timeout(180)
class ContainerSessionTest {
  private final SessionBed bed = new SessionBed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void keepsOutputAndErrorOutputApart() throws Exception {
    ExecStatus status =
        bed.run(
            server -> {
              server.message(1, "");
              server.message(1, "one ");
              server.message(2, "oops");
              server.message(1, "two");
              CommandEnd.succeed(server);
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(bed.stdout()).hasToString("one two");
    assertThat(bed.stderr()).hasToString("oops");
  }

  @Test
  void tellsTheExitCode() throws Exception {
    assertThat(bed.run(server -> CommandEnd.exit(server, 3))).isEqualTo(new ExecStatus.Exited(3));
  }

  @Test
  void tellsTheServersWordsWhenTheCommandCouldNotBeRun() throws Exception {
    ExecStatus status =
        bed.run(
            server ->
                CommandEnd.finish(
                    server,
                    "{\"status\":\"Failure\",\"message\":\"no such file\","
                        + "\"reason\":\"InternalError\",\"code\":500}"));
    assertThat(status).isEqualTo(new ExecStatus.Failed("no such file", "InternalError"));
  }

  @Test
  void putsFragmentedMessagesTogether() throws Exception {
    ExecStatus status =
        bed.run(
            server -> {
              sendFragmented(server, "\1head ", "tail");
              sendFragmented(server, "\3{\"status\":", "\"Success\"}");
              server.sendClose(1000);
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(bed.stdout()).hasToString("head tail");
  }

  private static void sendFragmented(WebSocketPeer server, String head, String tail)
      throws IOException {
    server.fragment(WebSocketFrame.BINARY, head.getBytes(StandardCharsets.US_ASCII));
    server.send(WebSocketFrame.CONTINUATION, tail.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void passesOverChannelsThatItDoesNotKnow() throws Exception {
    ExecStatus status =
        bed.run(
            server -> {
              server.message(77, "what is this");
              server.message(1, "known");
              CommandEnd.succeed(server);
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(bed.stdout()).hasToString("known");
  }

  @Test
  void muchOutputArrivesWholeAtASinkThatIsSlow() throws Exception {
    int messages = 3_000;
    byte[] message = new byte[32 << 10];
    CRC32 said = new CRC32();
    CRC32 heard = new CRC32();
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            heard.update(b);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            LockSupport.parkNanos(100_000);
            heard.update(bytes, offset, length);
          }
        };
    try (ScriptedServer server =
        ScriptedServer.webSocket(
            side -> {
              for (int i = 0; i < messages; i++) {
                Arrays.fill(message, (byte) i);
                said.update(message);
                side.message(1, message);
              }
              CommandEnd.exit(side, 7);
            })) {
      ContainerSession session = bed.open(server, StreamOptions.of(slow, bed.stderr()));
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(7));
    }
    assertThat(heard.getValue()).isEqualTo(said.getValue());
  }

  @Test
  void saysWhatTheServerAnsweredWhenItRefuses() throws Exception {
    try (ScriptedServer plain =
        new ScriptedServer(
            socket -> {
              socket.head();
              socket.send(
                  "HTTP/1.1 404 Not Found\r\nContent-Length: 19\r\n\r\n404 page not found\n");
              socket.awaitEnd();
            })) {
      URI url = plain.url().resolve("/exec/secret");
      assertThatThrownBy(
              () ->
                  Replies.await(
                      ContainerSession.open(
                          bed.loop(),
                          url,
                          SessionBed.STREAMS,
                          StreamOptions.of(bed.stdout(), bed.stderr()))))
          .isInstanceOf(UpgradeRefusedException.class)
          .hasMessageContaining("404 (404 page not found)")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    URI url;
    try (ScriptedServer server = ScriptedServer.webSocket(CommandEnd::succeed)) {
      url = server.url();
    }
    assertThatThrownBy(
            () ->
                Replies.await(
                    ContainerSession.open(
                        bed.loop(),
                        url,
                        SessionBed.STREAMS,
                        StreamOptions.of(bed.stdout(), bed.stderr()))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void manySessionsLeaveNoThreadsAndNoDescriptorsBehind() throws Exception {
    bed.run(CommandEnd::succeed);
    Eventually.await("the first session's thread has ended", () -> outputThreads() == 0);
    long descriptors = descriptors();
    for (int i = 0; i < 200; i++) {
      switch (i % 3) {
        case 0 ->
            assertThat(bed.run(side -> CommandEnd.exit(side, 1)))
                .isEqualTo(new ExecStatus.Exited(1));
        case 1 ->
            assertThatThrownBy(() -> bed.run(side -> side.socket().reset()))
                .isInstanceOf(SessionLostException.class);
        default -> {
          try (ScriptedServer server = ScriptedServer.webSocket(WebSocketPeer::read)) {
            bed.open(server).close();
          }
        }
      }
    }
    Eventually.await("all threads have ended", () -> outputThreads() == 0);
    Eventually.await("all descriptors are closed", () -> descriptors() <= descriptors);
  }

  private static long outputThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("conmonj-output"))
        .count();
  }

  private static long descriptors() {
    return new File("/proc/self/fd").list().length;
  }
}
