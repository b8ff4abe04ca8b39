package io.conmonj.client.portforward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Eventually;
import io.conmonj.streaming.peer.ScriptedServer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Local readers that are behind. */
class PortForwardFlowTest extends PortForwardFixture {
  @Test
  void aSlowLocalReaderGetsAllAndHoldsTheServerBack() throws Exception {
    int frames = 2_000;
    byte[] frame = new byte[32 << 10];
    ScriptedServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              for (int i = 0; i < frames; i++) {
                side.data(3, frame, false);
              }
              side.end(3);
              side.end(1);
              side.until("GOAWAY 0 0");
            });
    PortForward forward = forward(server, ":80");
    Socket socket = connect(forward, 0);
    long before = usedMemory();
    long most = 0;
    long seen = 0;
    for (int n = 0; n >= 0; n = socket.getInputStream().read(frame)) {
      seen += n;
      most = Math.max(most, usedMemory() - before);
      LockSupport.parkNanos(100_000);
    }
    assertThat(seen).isEqualTo((long) frames * frame.length);
    assertThat(most).isLessThan(16 << 20);
    forward.close();
    server.awaitPlayed();
  }

  private static long usedMemory() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }

  @Test
  void oneAbortedDownloadAfterAnotherStallsNobodyElse() throws Exception {
    int aborted = 20;
    ScriptedServer server =
        server(
            side -> {
              for (int i = 0; i < aborted; i++) {
                int data = 4 * i + 3;
                acceptPair(side, data - 2, 80, i);
                // More than sockets and queue hold: it is cut off in the middle.
                for (int frame = 0; frame < 200; frame++) {
                  side.data(data, new byte[32 << 10], false);
                }
                side.until("RST " + data + " 5");
              }
              acceptPair(side, 4 * aborted + 1, 80, aborted);
              for (int frame = 0; frame < 100; frame++) {
                side.data(4 * aborted + 3, new byte[32 << 10], false);
              }
              side.data(4 * aborted + 3, "at last");
              side.until("GOAWAY 0 0");
            });
    PortForward forward = forward(server, ":80");
    for (int i = 0; i < aborted; i++) {
      try (Socket socket = connect(forward, 0)) {
        assertThat(socket.getInputStream().read()).isZero();
        socket.setSoLinger(true, 0);
      }
    }
    Socket other = connect(forward, 0);
    other.getInputStream().skipNBytes(100L * (32 << 10));
    assertThat(new String(other.getInputStream().readNBytes(7), UTF_8)).isEqualTo("at last");
    forward.close();
    server.awaitPlayed();
  }

  @Test
  void aLocalReaderThatTakesNothingIsGivenUpSoThatTheOthersGoOn() throws Exception {
    ScriptedServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              acceptPair(side, 5, 80, 1);
              for (int i = 0; i < 2_000; i++) {
                side.data(3, new byte[32 << 10], false);
              }
              side.data(7, "at last");
              assertThat(side.receive()).isEqualTo("RST 3 5");
              side.until("GOAWAY 0 0");
            });
    PortForward forward = forward(server, ":80");
    Socket stalled = connect(forward, 0);
    Eventually.await("the first is seen", () -> told.size() == 1);
    Socket other = connect(forward, 0);
    assertThat(new String(other.getInputStream().readNBytes(7), UTF_8)).isEqualTo("at last");
    assertThatThrownBy(() -> stalled.getInputStream().readAllBytes())
        .isInstanceOf(SocketException.class);
    forward.close();
    server.awaitPlayed();
  }
}
