package io.conmonj.streaming;

import java.util.List;

/**
 * Connections to forward into a pod.
 *
 * @param target the backend's own name for the pod, such as a sandbox id; not empty
 * @param ports the ports for a client that cannot name any (of the WebSocket channel protocol),
 *     each 1 to 65535; other clients name theirs with each connection and may name others
 */
public record PortForwardRequest(String target, List<Integer> ports) implements StreamingRequest {
  /**
   * A port takes two channels, and a message of text can name as many channels as there are
   * characters of ASCII from the digit 0.
   */
  public static final int MAX_PORTS = (128 - '0') / 2;

  private static final int MAX_PORT = 65535;

  /**
   * @throws IllegalArgumentException if the target is empty, or a port is out of range, or there
   *     are more than {@link #MAX_PORTS}
   */
  public PortForwardRequest {
    if (target.isEmpty()) {
      throw new IllegalArgumentException("the pod sandbox id is empty");
    }
    if (ports.size() > MAX_PORTS) {
      throw new IllegalArgumentException(
          "forward " + ports.size() + " ports: at most " + MAX_PORTS);
    }
    for (int port : ports) {
      if (port < 1 || port > MAX_PORT) {
        throw new IllegalArgumentException("port " + port + " is not within 1 to " + MAX_PORT);
      }
    }
    ports = List.copyOf(ports);
  }

  @Override
  public SessionKind kind() {
    return SessionKind.PORT_FORWARD;
  }
}
