package io.conmonj.it.portforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.client.model.CreateNamespacesRequest;
import io.conmonj.client.model.NamespaceType;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.portforward.PortForward;
import io.conmonj.client.portforward.PortForwardOptions;
import io.conmonj.client.portforward.PortMapping;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.Loopback;
import io.conmonj.it.pod.LoopbackServer;
import io.conmonj.it.pod.PodContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A container has ended, is still known, and its process id is another pod's by now. */
@Timeout(120)
class EndedContainerTest {
  private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
  private static final String SECRET = "secret of another pod";

  @TempDir Path directory;

  private final ForwardLog log = new ForwardLog();

  @ParameterizedTest
  @EnumSource
  void aPortOfAContainerThatHasEndedLeadsNowhereAndNotToWhoeverHasItsProcessIdNow(
      Transport transport) throws Exception {
    assumeTrue(Files.isWritable(LAST_PID), "process ids cannot be chosen here");
    try (BusyboxPod pod = BusyboxPod.start(directory.resolve("pod"))) {
      PodContainer container = pod.container("true");
      Path go = container.home().resolve("go");
      String cleanup = "while [ ! -e " + go + " ]; do sleep 0.05; done";
      container.create(it -> it.cleanupCommand(List.of("/bin/sh", "-c", cleanup)));
      long pid = container.pid();
      container.start();
      Await.until("exit file", container::hasExited);
      Await.until("its process id is free", () -> ProcessHandle.of(pid).isEmpty());
      Process stranger = strangerWith(pid);
      try {
        Await.until("it has a network of its own", () -> !network(pid).equals(network("self")));
        Loopback.bringUp(pid);
        try (LoopbackServer secrets = LoopbackServer.startBeside(pid, EndedContainerTest::tell);
            PortForward forward = forward(pod, transport, container.id(), secrets.port());
            Socket socket = LocalSocket.connect(forward.ports().getFirst().local())) {
          assertThatThrownBy(() -> socket.getInputStream().read())
              .isInstanceOf(SocketException.class);
          log.awaitFailure("container has ended with exit code 0");
        }
      } finally {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        stranger.waitFor();
        Files.createFile(go);
      }
    }
    assertThat(log.failures()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aPortOfThePodsPinnedNetworkIsReachedAfterTheContainersEndAndNotAfterTheNetworks(
      Transport transport) throws Exception {
    Path base = directory.resolve("base");
    CreateNamespacesRequest network =
        CreateNamespacesRequest.of("pod-1", base, Set.of(NamespaceType.NET));
    try (BusyboxPod pod = BusyboxPod.start(directory.resolve("pod"))) {
      Replies.await(pod.monitor().createNamespaces(network));
      PodContainer container = pod.container("true");
      new BusyboxBundle(container.home().resolve("bundle"))
          .joinNetwork(base.resolve("netns/pod-1"));
      container.run();
      Await.until("exit file", container::hasExited);
      long stays = Long.parseLong(Files.readString(base.resolve("conmonrs/pod-1.pid")));
      Loopback.bringUp(stays);
      try (LoopbackServer server = LoopbackServer.startBeside(stays, EndedContainerTest::tell)) {
        try (PortForward forward = forward(pod, transport, container.id(), server.port());
            Socket socket = LocalSocket.connect(forward.ports().getFirst().local())) {
          assertThat(socket.getInputStream().readNBytes(SECRET.length()))
              .asString(StandardCharsets.UTF_8)
              .isEqualTo(SECRET);
        }
        ProcessHandle.of(stays).ifPresent(ProcessHandle::destroyForcibly);
        Await.until("end of the network", () -> Files.notExists(base.resolve("netns/pod-1")));
        // Another one of the same name, which may well have got the number of the first.
        Await.until("another network", () -> isMade(pod, network));
        try (PortForward forward = forward(pod, transport, container.id(), server.port());
            Socket socket = LocalSocket.connect(forward.ports().getFirst().local())) {
          assertThatThrownBy(() -> socket.getInputStream().read())
              .isInstanceOf(SocketException.class);
          log.awaitFailure("container has ended with exit code 0");
        }
      }
    }
  }

  private static boolean isMade(BusyboxPod pod, CreateNamespacesRequest network) {
    return pod.monitor()
        .createNamespaces(network)
        .handle((made, refused) -> refused == null)
        .join();
  }

  private static Path network(Object process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", process.toString(), "ns/net"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tell(Socket client) throws IOException {
    client.getOutputStream().write(SECRET.getBytes(StandardCharsets.UTF_8));
  }

  private PortForward forward(BusyboxPod pod, Transport transport, String id, int port)
      throws IOException {
    PortForwardOptions options =
        new PortForwardOptions(
            List.of("127.0.0.1"),
            List.of(new PortMapping(0, port)),
            ConnectionOptions.over(transport),
            log);
    return Replies.await(pod.monitor().forward(ServePortForwardRequest.of(id), options));
  }

  /** Has a process with the wanted id enter a new network; gives the shell that waits for it. */
  private static Process strangerWith(long pid) throws IOException {
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "while :; do echo $(($1 - 1)) >"
                    + LAST_PID
                    + "; unshare --net sleep 100000 & [ $! = $1 ] && break; kill $!; done;"
                    + " echo ready; wait",
                "sh",
                Long.toString(pid))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = shell.inputReader();
    assertThat(output.readLine()).isEqualTo("ready");
    return shell;
  }
}
