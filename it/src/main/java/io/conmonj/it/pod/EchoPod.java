package io.conmonj.it.pod;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A pod with a container to run commands in, and an echo server on its loopback to forward to. */
public final class EchoPod implements AutoCloseable {
  private final BusyboxPod pod;
  private final PodContainer container;
  private final EchoServer echo;

  private EchoPod(BusyboxPod pod, PodContainer container, EchoServer echo) {
    this.pod = pod;
    this.container = container;
    this.echo = echo;
  }

  /** Starts a monitor with further flags and without a log, a container and the server. */
  public static EchoPod start(Path directory, String... flags) throws IOException {
    return in(BusyboxPod.startQuietly(directory, flags));
  }

  /** Takes over a pod, and starts a container and the server in it. */
  public static EchoPod in(BusyboxPod pod) throws IOException {
    try {
      PodContainer container = pod.container("sleep", "1000000").run();
      Loopback.bringUp(container.pid());
      return new EchoPod(pod, container, EchoServer.startBeside(container.pid()));
    } catch (IOException failed) {
      pod.close();
      throw failed;
    }
  }

  /** The pod itself. */
  public BusyboxPod pod() {
    return pod;
  }

  /** The container. */
  public PodContainer container() {
    return container;
  }

  /** The port that answers what it gets. */
  public int echoPort() {
    return echo.port();
  }

  /** A URL for a command with all streams but a terminal. */
  public URI exec(String... command) throws IOException {
    return Replies.await(
        pod.monitor().serveExec(ServeExecRequest.piped(container.id(), List.of(command))));
  }

  /** A URL for forwarding, with ports for clients that cannot name any. */
  public URI portForward(Integer... ports) throws IOException {
    return Replies.await(
        pod.monitor()
            .servePortForward(new ServePortForwardRequest(container.id(), List.of(ports))));
  }

  @Override
  public void close() throws IOException {
    try (echo) {
      pod.close();
    }
  }
}
