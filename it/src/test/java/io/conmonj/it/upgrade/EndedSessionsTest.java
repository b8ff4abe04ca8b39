package io.conmonj.it.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.UpgradeResult;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.DistributionCopy;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of the clients that an upgrade meets, only those are ended that cannot be moved. */
@Timeout(300)
@NeedsContainers
class EndedSessionsTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final String V5 = "v5.channel.k8s.io";

  /** Their headers together are more than a monitor remembers of a session. */
  private static final int STREAMS = 16;

  private static final int HEADER = 8000;

  /** Less than the half minute for which they are waited for otherwise. */
  private static final String PATIENCE = "-Dconmonj.patience.seconds=10";

  /** More than that. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path work;

  private BusyboxPod start() throws IOException {
    DistributionCopy impatient =
        DistributionCopy.make(work.resolve("impatient")).withOption(PATIENCE);
    return BusyboxPod.startBy(impatient.launcher(), work.resolve("pod"));
  }

  private static URI cat(BusyboxPod pod, PodContainer container) throws Exception {
    return Replies.await(
        pod.monitor().serveExec(ServeExecRequest.piped(container.id(), List.of("cat"))));
  }

  /** Cannot be compressed. */
  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < HEADER; i++) {
      text.append((char) ('0' + random.nextInt(64)));
    }
    return text.toString();
  }

  private static void openTooManyStreams(PeerSocket client, HeaderFrames frames) throws Exception {
    Random random = new Random(11);
    client.upgrade(client.spdyRequest(V4));
    int stream = 1;
    for (String each : List.of("error", "stdin", "stdout", "stderr")) {
      client.send(frames.syn(stream, "streamtype", each));
      stream += 2;
    }
    for (int i = 0; i < STREAMS; i++) {
      client.send(frames.syn(stream, "streamtype", noise(random)));
      stream += 2;
    }
    SpdyFrame frame = SpdyFrame.read(client);
    while (frame.type() != SpdyFrame.RST_STREAM || frame.number() != stream - 2) {
      frame = SpdyFrame.read(client);
    }
  }

  private static String status(PeerSocket client) throws Exception {
    SpdyFrame frame = SpdyFrame.read(client);
    while (frame.type() != SpdyFrame.DATA || frame.number() != 1) {
      frame = SpdyFrame.read(client);
    }
    return frame.text();
  }

  /** As one that was stopped in the middle, or hangs. */
  @Test
  void aClientOfTheControlSocketThatDoesNotGoOnKeepsNoMonitorFromBeingUpgraded() throws Exception {
    try (BusyboxPod pod = start();
        SocketChannel hangs = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      hangs.connect(UnixDomainSocketAddress.of(pod.options().runtimeDir().resolve("conmon.sock")));
      ByteBuffer someOfAMessage = ByteBuffer.allocate(3);
      hangs.write(someOfAMessage);
      Path to = DistributionCopy.make(work.resolve("other")).directory();
      assertThat(pod.upgrade(to).endedSessions()).isOne();
      assertThat(hangs.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void oneWithTooManyStreamsIsToldSoAndAnotherGoesOn() throws Exception {
    try (BusyboxPod pod = start();
        HeaderFrames frames = new HeaderFrames()) {
      PodContainer container = pod.container("sleep", "1000000").run();
      Path to = DistributionCopy.make(work.resolve("other")).directory();
      try (WebSocketPeer moves = WebSocketPeer.command(cat(pod, container), V5)) {
        CompletableFuture<UpgradeResult> upgrade;
        try (PeerSocket stays = PeerSocket.connect(cat(pod, container))) {
          stays.timeout(LIMIT);
          openTooManyStreams(stays, frames);
          upgrade = pod.monitor().upgrade(Optional.of(to));
          assertThat(status(stays))
              .contains(
                  "the monitor of this pod is upgraded: a session over SPDY has had too many"
                      + " streams");
        }
        assertThat(Replies.await(upgrade).endedSessions()).isOne();
        pod.reconnect();
        moves.message(0, "goes on");
        assertThat(moves.readMessage().text()).isEqualTo("goes on");
      }
    }
  }
}
