package io.conmonj.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.LoopbackServer;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Beside each of these clients two honest ones go on, every byte of theirs comes back, and in the
 * end the offender was told why, or has been dealt with within its bounds, and has left nothing.
 */
@Timeout(180)
class HostileClientsTest extends BesideHonestNeighbours {
  private static final int WHOLE_MESSAGE = WebSocketFrame.FIN | WebSocketFrame.BINARY;

  HostileClientsTest() {
    super(IDLE_TIMEOUT);
  }

  @Test
  void anExecThatNeverReadsIsEndedForIdlenessAndCanReadSo() throws Exception {
    try (WebSocketPeer offender = Offenders.execThatNeverReads(pod)) {
      neighbours.goOn();
      awaitItsEnd();
      assertThat(offender.readUpTo(STATUS).text()).contains("Failure", IDLE);
      assertThat(offender.read().closeCode()).isEqualTo(NORMAL);
    }
    neighbours.areAlone();
  }

  @Test
  void overSpdyAnExecThatNeverReadsIsEndedForIdlenessAndCanReadSo() throws Exception {
    try (SpdyPeer offender = Offenders.spdyExecThatNeverReads(pod)) {
      neighbours.goOn();
      awaitItsEnd();
      assertThat(offender.readData(STATUS_OF_SPDY).text()).contains("Failure", IDLE);
    }
    neighbours.areAlone();
  }

  @Test
  void aViewerThatNeverReadsIsToldHowMuchItMissed() throws Exception {
    PodContainer talker =
        pod.pod()
            .container(
                "sh",
                "-c",
                "while [ ! -e /tmp/go ]; do sleep 0.05; done;"
                    + " dd if=/dev/zero bs=64k count=160 2>/dev/null; sleep 1000000")
            .run();
    neighbours.takeForGranted();
    try (WebSocketPeer offender =
        WebSocketPeer.open(
            PeerSocket.connect(
                Replies.await(
                    pod.pod().monitor().serveAttach(ServeAttachRequest.watch(talker.id()))),
                4096),
            Offenders.V5)) {
      Await.until("it is attached", () -> neighbours.offenders().size() == 1);
      Files.createFile(talker.root().resolve("tmp/go"));
      neighbours.goOn();
      awaitItsEnd();
      assertThat(offender.readUpTo(STATUS).text()).contains("did not keep up", "missed");
    }
    neighbours.areAlone();
  }

  @Test
  void aForwardThatNeverReadsHoldsItsTargetBackAndIsEndedForIdleness() throws Exception {
    try (LoopbackServer flood =
            LoopbackServer.startBeside(pod.container().pid(), LoopbackServer.Service.FLOOD);
        SpdyPeer offender = Offenders.forwardThatNeverReads(pod, flood.port());
        SpdyPeer tunnelled = Offenders.tunnelThatNeverReads(pod, flood.port())) {
      neighbours.goOn();
      awaitItsEnd();
      assertThat(offender.readUpTo(SpdyFrame.GOAWAY).status()).isZero();
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(() -> readForEver(tunnelled))
          .withMessageContaining("closed with " + NORMAL);
    }
    neighbours.areAlone();
  }

  @Test
  void aCommandWhoseStreamsNeverComeIsGivenUpAfterHalfAMinute() throws Exception {
    try (SpdyPeer offender = SpdyPeer.open(pod.exec("cat"), Offenders.SPDY_EXEC)) {
      offender.syn(1, "streamtype", "error");
      neighbours.goOn();
      assertThat(offender.readUpTo(SpdyFrame.GOAWAY).status()).isEqualTo(SpdyFrame.PROTOCOL_ERROR);
    }
    neighbours.areAlone();
  }

  @Test
  void aRequestThatComesOneByteASecondIsNotWaitedFor() throws Exception {
    try (PeerSocket offender = PeerSocket.connect(pod.exec("cat"))) {
      byte[] request = offender.webSocketRequest(Offenders.V5).getBytes(StandardCharsets.US_ASCII);
      Thread.ofPlatform()
          .daemon()
          .start(() -> dribble(offender, request, TimeUnit.SECONDS.toMillis(1)));
      neighbours.goOn();
      offender.awaitAnyEnd();
    }
    neighbours.areAlone();
  }

  @Test
  void aSessionThatComesByteByByteIsServedAsAnyOther() throws Exception {
    try (WebSocketPeer slow = WebSocketPeer.open(pod.exec("cat"), Offenders.V5)) {
      dribble(slow.socket(), WebSocketFrame.ofClient(WHOLE_MESSAGE, new byte[] {0, 'x'}), 20);
      dribble(slow.socket(), WebSocketFrame.ofClient(WHOLE_MESSAGE, new byte[] {-1, 0}), 20);
      neighbours.goOn();
      assertThat(slow.readUpTo(STATUS).text()).contains("Success");
    }
    neighbours.areAlone();
  }

  private static void readForEver(SpdyPeer link) throws IOException {
    while (true) {
      link.read();
    }
  }

  private static void dribble(PeerSocket to, byte[] bytes, long pauseMillis) {
    try {
      for (byte each : bytes) {
        to.send(new byte[] {each});
        Thread.sleep(pauseMillis);
      }
    } catch (IOException cut) {
      // As it should be, for one that is too slow.
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while sending slowly", e);
    }
  }
}
