package io.conmonj.it.bench;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.bench.wire.LeanClient;
import io.conmonj.it.bench.wire.Protocol;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Moves bytes to and from commands and ports of a pod through its monitor. */
final class Streamed implements AutoCloseable {
  private final Monitor monitor;
  private final PodContainer container;
  private final ListeningPort target;

  /**
   * @param container with a loopback interface that is up
   */
  Streamed(Monitor monitor, PodContainer container) throws IOException {
    this.monitor = monitor;
    this.container = container;
    this.target = ListeningPort.openBeside(container.pid());
  }

  /** The port of the pod to which and from which bytes are sent. */
  int port() {
    return target.port();
  }

  /** Seconds from the first to the last byte of what a command writes. */
  double output(Protocol protocol, String command, long bytes) throws IOException {
    try (LeanClient client = LeanClient.open(protocol, exec(command))) {
      return client.receive(bytes);
    }
  }

  /** Seconds to have a command read bytes; it writes one before it begins and one at the end. */
  double input(Protocol protocol, String command, long bytes) throws IOException {
    try (LeanClient client = LeanClient.open(protocol, exec(command))) {
      client.receive(1);
      long start = System.nanoTime();
      client.send(bytes);
      client.end();
      client.receive(1);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /** Seconds for bytes from a port. */
  double fromPort(Protocol protocol, long bytes) throws Exception {
    var sent = target.send(bytes);
    try (LeanClient client = LeanClient.open(protocol, forward())) {
      double seconds = client.receive(bytes);
      sent.get();
      return seconds;
    }
  }

  /** Seconds for bytes to a port. */
  double toPort(Protocol protocol, long bytes) throws Exception {
    var received = target.receive(bytes);
    try (LeanClient client = LeanClient.open(protocol, forward())) {
      client.send(bytes);
      return received.get();
    }
  }

  private URI exec(String command) throws IOException {
    return Replies.await(
        monitor.serveExec(ServeExecRequest.piped(container.id(), List.of("sh", "-c", command))));
  }

  private URI forward() throws IOException {
    return Replies.await(
        monitor.servePortForward(
            new ServePortForwardRequest(container.id(), List.of(target.port()))));
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
