package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl port-forward}, which CRI-O answers by itself, whatever the monitor is. */
@NeedsKube
class ForwardKubeTest {
  private static final int BYTES = 20 * 1024 * 1024;

  /** Up to what follows the port: its first digits may come alone. */
  private static final Pattern FORWARDING =
      Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> ");

  private final KubeNode node;

  ForwardKubeTest(KubeNode node) {
    this.node = node;
  }

  @ParameterizedTest
  @EnumSource(names = {"SPDY", "WEBSOCKET"})
  void aPortOfThePodGivesBackWhatItGets(Way way) throws Exception {
    byte[] sent = new byte[BYTES];
    new Random(1).nextBytes(sent);
    try (KubePod pod = KubePod.run(node, "echo", "exec nc -ll -p 8080 -e cat");
        AttachedKubectl forward = node.kubectl(way).onPipes("port-forward", pod.name(), ":8080")) {
      int port = Integer.parseInt(forward.awaitShown(FORWARDING).group(1));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    received.complete(socket.getInputStream().readNBytes(BYTES));
                  } catch (Exception e) {
                    received.completeExceptionally(e);
                  }
                });
        socket.getOutputStream().write(sent);
        assertThat(received.get()).isEqualTo(sent);
      }
    }
  }
}
