package io.conmonj.monitor.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Namespace;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.namespace.IdMappings;
import io.conmonj.monitor.namespace.NamespaceType;
import io.conmonj.monitor.namespace.NamespacesRequest;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.oci.HeldChildren;
import io.conmonj.streaming.PortForwardRequest;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ports of a pod whose network was pinned here, and in which no container runs. */
@Timeout(120)
class PinnedNetworkTest {
  @TempDir Path base;

  @Test
  void aPortIsReachedWithoutAnyContainerAndEvenIfTheFileIsGone() throws Exception {
    assumeTrue(ThisProcess.effectiveUser() == 0, "needs root to make namespaces");
    // What is closed last is made known first, for its events are told on the loop.
    LoopThread thread = LoopThread.start();
    try (HeldChildren held = HeldChildren.start(thread);
        thread) {
      PodNamespaces namespaces = new PodNamespaces(thread.loop(), held.processes());
      NamespacesRequest request =
          new NamespacesRequest(
              "pod", base, List.of(NamespaceType.NET), IdMappings.NONE, IdMappings.NONE);
      thread.await(() -> namespaces.create(request));
      String path = request.path(NamespaceType.NET).toString();
      run("nsenter", "--net=" + path, "/bin/busybox", "ip", "link", "set", "lo", "up");
      try (ServerSocket server = listenIn(path)) {
        run("umount", path);
        OpenFile.remove(path);
        ContainerBackend backend = new ContainerBackend(thread.loop(), null, namespaces);
        DuplexChannel channel =
            thread.await(
                () ->
                    backend.portForward(
                        new PortForwardRequest(path, List.of()), server.getLocalPort()));
        server.accept().close();
        thread.run(
            () -> {
              var _ = channel.close();
            });
      } finally {
        thread.await(namespaces::close);
      }
      assertThat(request.path(NamespaceType.UTS)).doesNotExist();
    }
  }

  private static ServerSocket listenIn(String path) throws Exception {
    try (Fd network = OpenFile.forReading(path)) {
      return LoopThread.await(
          Namespace.callIn(
              Namespace.Kind.NETWORK,
              network,
              () -> new ServerSocket(0, 1, InetAddress.getLoopbackAddress())));
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
