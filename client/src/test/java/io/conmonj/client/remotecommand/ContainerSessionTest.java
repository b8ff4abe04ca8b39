package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Eventually;
import io.conmonj.client.connection.UpgradeRefusedException;
import io.conmonj.client.transport.Replies;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes of a session: output, status, or why there is none. */
@Timeout(60)
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
              server.send(1, "");
              server.send(1, "one ");
              server.send(2, "oops");
              server.send(1, "two");
              server.succeed();
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(bed.stdout()).hasToString("one two");
    assertThat(bed.stderr()).hasToString("oops");
  }

  @Test
  void tellsTheExitCode() throws Exception {
    assertThat(bed.run(server -> server.exit(3))).isEqualTo(new ExecStatus.Exited(3));
  }

  @Test
  void tellsTheServersWordsWhenTheCommandCouldNotBeRun() throws Exception {
    ExecStatus status =
        bed.run(
            server ->
                server.finish(
                    "{\"status\":\"Failure\",\"message\":\"no such file\","
                        + "\"reason\":\"InternalError\",\"code\":500}"));
    assertThat(status).isEqualTo(new ExecStatus.Failed("no such file", "InternalError"));
  }

  @Test
  void putsFragmentedMessagesTogether() throws Exception {
    ExecStatus status =
        bed.run(
            server -> {
              server.sendFragmented(1, "head ", "tail");
              server.sendFragmented(3, "{\"status\":", "\"Success\"}");
              server.sendClose(1000);
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(bed.stdout()).hasToString("head tail");
  }

  @Test
  void passesOverChannelsThatItDoesNotKnow() throws Exception {
    ExecStatus status =
        bed.run(
            server -> {
              server.send(77, "what is this");
              server.send(1, "known");
              server.succeed();
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
        new ScriptedServer(
            side -> {
              for (int i = 0; i < messages; i++) {
                Arrays.fill(message, (byte) i);
                said.update(message);
                side.send(1, message, message.length);
              }
              side.exit(7);
            })) {
      ContainerSession session = bed.open(server, StreamOptions.of(slow, bed.stderr()));
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(7));
    }
    assertThat(heard.getValue()).isEqualTo(said.getValue());
  }

  @Test
  void saysWhatTheServerAnsweredWhenItRefuses() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try (Socket socket = plain.accept()) {
                  socket.getInputStream().read();
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 404 Not Found\r\nContent-Length: 19\r\n\r\n404 page not found\n"
                              .getBytes(StandardCharsets.US_ASCII));
                  socket.getOutputStream().flush();
                  socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      URI url = URI.create("http://127.0.0.1:" + plain.getLocalPort() + "/exec/secret");
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
    try (ScriptedServer server = new ScriptedServer(ServerSide::succeed)) {
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
    bed.run(ServerSide::succeed);
    Eventually.await("the first session's thread has ended", () -> outputThreads() == 0);
    long descriptors = descriptors();
    for (int i = 0; i < 200; i++) {
      switch (i % 3) {
        case 0 -> assertThat(bed.run(side -> side.exit(1))).isEqualTo(new ExecStatus.Exited(1));
        case 1 ->
            assertThatThrownBy(() -> bed.run(ServerSide::reset))
                .isInstanceOf(SessionLostException.class);
        default -> {
          try (ScriptedServer server = new ScriptedServer(ServerSide::receive)) {
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
