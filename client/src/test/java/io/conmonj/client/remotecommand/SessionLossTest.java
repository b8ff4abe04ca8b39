package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.WebSocketFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that do not come to their end: nothing of this looks like success. */
@Timeout(180)
class SessionLossTest {
  /** The first half of a frame's header. */
  private static final byte[] TORN_FRAME = {
    (byte) (WebSocketFrame.FIN | WebSocketFrame.BINARY), 126, 1
  };

  private final SessionBed bed = new SessionBed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aConnectionThatEndsWithoutAStatusIsAnErrorAfterWhatItBrought() {
    assertThatThrownBy(() -> bed.run(server -> server.message(1, "almost")))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("without a status");
    assertThat(bed.stdout()).hasToString("almost");
  }

  @Test
  void aConnectionThatIsCutInAFrameIsAnError() {
    assertThatThrownBy(() -> bed.run(side -> side.socket().send(TORN_FRAME)))
        .isInstanceOf(SessionLostException.class);
  }

  @Test
  void aConnectionThatIsResetIsAnError() {
    assertThatThrownBy(() -> bed.run(side -> side.socket().reset()))
        .isInstanceOf(SessionLostException.class);
  }

  @Test
  void anOrderlyCloseWithoutAStatusIsAnErrorThatNamesTheCode() {
    assertThatThrownBy(() -> bed.run(server -> server.sendClose(1000)))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("1000");
  }

  @Test
  void aStatusThatCannotBeReadIsAnError() {
    assertThatThrownBy(() -> bed.run(server -> CommandEnd.finish(server, "{\"status\":")))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void aStatusCountsEvenIfTheConnectionIsCutAfterIt() throws Exception {
    ExecStatus status = bed.run(server -> server.message(3, "{\"status\":\"Success\"}"));
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
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
        ScriptedServer.webSocket(
            side -> {
              side.message(1, "text");
              side.readMessage();
            })) {
      ContainerSession session = bed.open(server, StreamOptions.of(broken, bed.stderr()));
      assertThatThrownBy(() -> Replies.await(session.status()))
          .isInstanceOf(SessionLostException.class)
          .hasMessage("write stdout: Broken pipe");
    }
  }

  @Test
  void closingTheSessionFailsItsStatusAndItsInput() throws Exception {
    CompletableFuture<WebSocketFrame> seen = new CompletableFuture<>();
    try (ScriptedServer server = ScriptedServer.webSocket(side -> seen.complete(side.read()))) {
      ContainerSession session = bed.open(server);
      session.close();
      assertThatThrownBy(() -> Replies.await(session.status()))
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining("closed on this side");
      assertThatThrownBy(() -> session.stdin().write(1)).isInstanceOf(IOException.class);
      assertThat(seen.get(30, TimeUnit.SECONDS).payload()).startsWith(1000 >> 8, 1000 & 0xff);
    }
  }
}
