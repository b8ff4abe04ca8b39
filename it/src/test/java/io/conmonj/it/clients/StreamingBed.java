package io.conmonj.it.clients;

import io.conmonj.it.pod.ClosedPort;
import io.conmonj.it.pod.EchoServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What a client's checks stand on: a front before the target, a payload, a container to attach to,
 * a port that echoes and one that refuses.
 *
 * @param front that the client connects to
 * @param container name of the one that commands run in
 * @param attachable name of a container that runs {@link #ATTACHABLE}
 * @param payload to move
 * @param echo server in the pod
 * @param closedPort on which nothing listens
 */
record StreamingBed(
    ApiFront front,
    String container,
    String attachable,
    Payload payload,
    EchoServer echo,
    ClosedPort closedPort)
    implements AutoCloseable {
  /** Answers each line until "quit". */
  static final List<String> ATTACHABLE =
      List.of(
          "sh",
          "-c",
          "while read -r line; do [ \"$line\" = quit ] && exit 0; echo \"got $line\"; done");

  /** Namespace of the pods. */
  static final String NAMESPACE = "default";

  /**
   * Starts the front and the echo server.
   *
   * @param container of the target that commands run in
   * @param attachable a container of the target that runs {@link #ATTACHABLE}
   */
  static StreamingBed before(
      StreamingTarget target, String container, String attachable, Payload payload)
      throws IOException {
    return before(target, container, attachable, payload, EchoServer.start());
  }

  /** The same with an echo server of one's own, which the bed closes. */
  static StreamingBed before(
      StreamingTarget target, String container, String attachable, Payload payload, EchoServer echo)
      throws IOException {
    return new StreamingBed(
        ApiFront.start(target), container, attachable, payload, echo, ClosedPort.take());
  }

  /** Where clients connect. */
  URI server() {
    return front.address();
  }

  /** The file to send. */
  Path file() {
    return payload.file();
  }

  /** The bed in the words of a client program's command line. */
  List<String> asArguments() {
    return List.of(
        "--server", server().toString(),
        "--namespace", NAMESPACE,
        "--pod", container,
        "--attach", attachable,
        "--payload", file().toString(),
        "--sha256", payload.sha256(),
        "--echo-port", Integer.toString(echo.port()),
        "--closed-port", Integer.toString(closedPort.number()));
  }

  @Override
  public void close() throws IOException {
    front.close();
    echo.close();
    closedPort.close();
  }
}
