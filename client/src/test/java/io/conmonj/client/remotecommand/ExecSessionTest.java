package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.ClientLoop;
import io.conmonj.client.Eventually;
import io.conmonj.client.Replies;
import io.conmonj.client.WindowSize;
import io.conmonj.client.remotecommand.ServerSide.Frame;
import io.conmonj.client.websocket.UpgradeRefusedException;
import java.io.ByteArrayOutputStream;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecSessionTest {
  private final ClientLoop loop = new ClientLoop();
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private ExecStatus run(ScriptedServer.Script script) throws Exception {
    try (ScriptedServer server = new ScriptedServer(script);
        ExecSession session = open(server)) {
      return Replies.await(session.status());
    }
  }

  private ExecSession open(ScriptedServer server) throws IOException {
    return Replies.await(ExecSession.open(loop, server.url(), ExecOptions.of(stdout, stderr)));
  }

  @Test
  void keepsOutputAndErrorOutputApart() throws Exception {
    ExecStatus status =
        run(
            server -> {
              server.send(1, "");
              server.send(1, "one ");
              server.send(2, "oops");
              server.send(1, "two");
              server.succeed();
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(stdout).hasToString("one two");
    assertThat(stderr).hasToString("oops");
  }

  @Test
  void tellsTheExitCode() throws Exception {
    assertThat(run(server -> server.exit(3))).isEqualTo(new ExecStatus.Exited(3));
  }

  @Test
  void tellsTheServersWordsWhenTheCommandCouldNotBeRun() throws Exception {
    ExecStatus status =
        run(
            server ->
                server.finish(
                    "{\"status\":\"Failure\",\"message\":\"no such file\","
                        + "\"reason\":\"InternalError\",\"code\":500}"));
    assertThat(status).isEqualTo(new ExecStatus.Failed("no such file", "InternalError"));
  }

  @Test
  void aConnectionThatEndsWithoutAStatusIsAnErrorAfterWhatItBrought() {
    assertThatThrownBy(() -> run(server -> server.send(1, "almost")))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("without a status");
    assertThat(stdout).hasToString("almost");
  }

  @Test
  void aConnectionThatIsCutInAFrameIsAnError() {
    assertThatThrownBy(() -> run(ServerSide::sendTornFrame))
        .isInstanceOf(SessionLostException.class);
  }

  @Test
  void aConnectionThatIsResetIsAnError() {
    assertThatThrownBy(() -> run(ServerSide::reset)).isInstanceOf(SessionLostException.class);
  }

  @Test
  void anOrderlyCloseWithoutAStatusIsAnErrorThatNamesTheCode() {
    assertThatThrownBy(() -> run(server -> server.sendClose(1000)))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("1000");
  }

  @Test
  void aStatusThatCannotBeReadIsAnError() {
    assertThatThrownBy(() -> run(server -> server.finish("{\"status\":")))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void aStatusCountsEvenIfTheConnectionIsCutAfterIt() throws Exception {
    ExecStatus status = run(server -> server.send(3, "{\"status\":\"Success\"}"));
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void putsFragmentedMessagesTogether() throws Exception {
    ExecStatus status =
        run(
            server -> {
              server.sendFragmented(1, "head ", "tail");
              server.sendFragmented(3, "{\"status\":", "\"Success\"}");
              server.sendClose(1000);
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(stdout).hasToString("head tail");
  }

  @Test
  void passesOverChannelsThatItDoesNotKnow() throws Exception {
    ExecStatus status =
        run(
            server -> {
              server.send(77, "what is this");
              server.send(1, "known");
              server.succeed();
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(stdout).hasToString("known");
  }

  @Test
  void sendsTheFirstSizeBeforeAnythingElse() throws Exception {
    CompletableFuture<Frame> first = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            side -> {
              first.complete(side.receiveData());
              side.receiveData();
              side.succeed();
            })) {
      ExecOptions options = ExecOptions.terminal(stdout, new WindowSize(120, 40));
      ExecSession session = Replies.await(ExecSession.open(loop, server.url(), options));
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
            new ScriptedServer(
                side -> {
                  StringBuilder heard = new StringBuilder();
                  Frame frame = side.receiveData();
                  for (; frame.channel() == 0; frame = side.receiveData()) {
                    heard.append(frame.text());
                  }
                  assertThat(frame.payload()).containsExactly(255, 0);
                  side.send(1, heard.toString());
                  side.succeed();
                });
        ExecSession session = open(server)) {
      session.stdin().write("hello".getBytes(StandardCharsets.UTF_8));
      session.stdin().close();
      session.stdin().close();
      status = Replies.await(session.status());
    }
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
    assertThat(stdout).hasToString("hello");
  }

  @Test
  void aServerOfVersion4IsNeverSentACloseSignal() throws Exception {
    CompletableFuture<Frame> second = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                "v4.channel.k8s.io",
                side -> {
                  side.receiveData();
                  side.send(1, "got it");
                  second.complete(side.receiveData());
                  side.succeed();
                });
        ExecSession session = open(server)) {
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
            new ScriptedServer(
                side -> {
                  for (long seen = 0; seen < size; ) {
                    Frame frame = side.receiveData();
                    assertThat(frame.payload().length).isLessThanOrEqualTo((32 << 10) + 1);
                    heard.update(frame.payload(), 1, frame.payload().length - 1);
                    seen += frame.payload().length - 1;
                  }
                  side.succeed();
                });
        ExecSession session = open(server)) {
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
      ExecSession session =
          Replies.await(ExecSession.open(loop, server.url(), ExecOptions.of(slow, stderr)));
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(7));
    }
    assertThat(heard.getValue()).isEqualTo(said.getValue());
  }

  @Test
  void aSinkThatRefusesEndsTheSessionWithItsError() throws Exception {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    try (ScriptedServer server =
        new ScriptedServer(
            side -> {
              side.send(1, "text");
              side.receiveData();
            })) {
      ExecSession session =
          Replies.await(ExecSession.open(loop, server.url(), ExecOptions.of(broken, stderr)));
      assertThatThrownBy(() -> Replies.await(session.status()))
          .isInstanceOf(SessionLostException.class)
          .hasMessage("write stdout: Broken pipe");
    }
  }

  @Test
  void closingTheSessionFailsItsStatusAndItsInput() throws Exception {
    CompletableFuture<Frame> seen = new CompletableFuture<>();
    try (ScriptedServer server = new ScriptedServer(side -> seen.complete(side.receive()))) {
      ExecSession session = open(server);
      session.close();
      assertThatThrownBy(() -> Replies.await(session.status()))
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining("closed on this side");
      assertThatThrownBy(() -> session.stdin().write(1)).isInstanceOf(IOException.class);
      assertThat(seen.get(30, TimeUnit.SECONDS).payload()).startsWith(1000 >> 8, 1000 & 0xff);
    }
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
              () -> Replies.await(ExecSession.open(loop, url, ExecOptions.of(stdout, stderr))))
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
            () -> Replies.await(ExecSession.open(loop, url, ExecOptions.of(stdout, stderr))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void manySessionsLeaveNoThreadsAndNoDescriptorsBehind() throws Exception {
    run(ServerSide::succeed);
    Eventually.await("the first session's thread has ended", () -> outputThreads() == 0);
    long descriptors = descriptors();
    for (int i = 0; i < 200; i++) {
      switch (i % 3) {
        case 0 -> assertThat(run(side -> side.exit(1))).isEqualTo(new ExecStatus.Exited(1));
        case 1 ->
            assertThatThrownBy(() -> run(ServerSide::reset))
                .isInstanceOf(SessionLostException.class);
        default -> {
          try (ScriptedServer server = new ScriptedServer(ServerSide::receive)) {
            open(server).close();
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
