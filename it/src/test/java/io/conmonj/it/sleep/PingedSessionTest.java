package io.conmonj.it.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of Kubernetes send a ping every five seconds for as long as a session lasts: one that is
 * silent otherwise neither keeps a monitor awake nor wakes it, and has its answers all the same.
 */
@Timeout(300)
@NeedsContainers
class PingedSessionTest {
  private static final int STDIN = 3;
  private static final int STDOUT = 5;
  private static final int PINGS = 20;
  private static final int PING_MILLIS = 200;

  /** Where each part of a ping ends. */
  private static final int[] PARTS = {2, 4, 8, 12};

  @TempDir Path directory;

  @Test
  void aShellOverSpdyIsPingedWhileTheMonitorSleeps() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory, "--sleep-after", "1s")) {
      PodContainer container = pod.container("sleep", "1000000").run();
      ServeExecRequest request = ServeExecRequest.piped(container.id(), List.of("cat"));
      URI url = Replies.await(pod.monitor().serveExec(request));
      pod.monitor().close();
      try (SpdyPeer client = SpdyPeer.open(url, "v4.channel.k8s.io")) {
        client.open(1, "error");
        client.open(STDIN, "stdin");
        client.open(STDOUT, "stdout");
        client.open(STDOUT + 2, "stderr");
        int ping = 1;
        for (int turn = 0; turn < 2; turn++) {
          say(client, "turn " + turn);
          while (pod.process().findWorker().isPresent()) {
            ping = ping(client, ping);
          }
          long holder = pod.process().pid();
          for (int i = 0; i < PINGS; i++) {
            ping = ping(client, ping);
            assertThat(pod.process().findWorker()).as("worker of holder " + holder).isEmpty();
          }
        }
        say(client, "the end");
        client.end(STDIN);
        client.until("FIN 1");
      }
      pod.reconnect();
    }
  }

  private static void say(SpdyPeer client, String text) throws IOException {
    client.data(STDIN, text);
    client.until("DATA " + STDOUT + " " + text);
  }

  /**
   * In the parts in which moby/spdystream writes it (spdy/write.go): the frame's version, its type,
   * its flags and length, the ping's number. Returns the number of the next one.
   */
  private static int ping(SpdyPeer client, int number) throws Exception {
    byte[] frame = SpdyFrame.ping(number);
    int begin = 0;
    for (int end : PARTS) {
      client.send(Arrays.copyOfRange(frame, begin, end));
      Thread.sleep(1);
      begin = end;
    }
    client.expect("PING " + number);
    Thread.sleep(PING_MILLIS);
    return number + 2;
  }
}
