package io.conmonj.client.portforward;

/** Who is told of forwarded connections. Called on the loop's thread, which must not wait. */
public interface PortForwardListener {
  /**
   * Somebody has connected.
   *
   * @param port where
   */
  void connected(ForwardedPort port);

  /**
   * A connection could not be forwarded and has been closed; the others go on.
   *
   * @param port where it came in
   * @param message the server's words
   */
  void failed(ForwardedPort port, String message);
}
