package io.conmonj.streaming;

import java.time.Duration;

/**
 * The bounds of forwarded connections.
 *
 * @param buffer bytes from the client kept for a target that does not take them, before the client
 *     is held back, with all the connections that it forwards in one
 * @param stall how long one target that takes nothing at all may hold back the others; then its
 *     connection is reset. Alone, it may hold back its client for ever
 */
public record PortForwardLimits(int buffer, Duration stall) {
  /** A mebibyte, as much as a loopback socket may hold; and a third of a keepalive's patience. */
  public static final PortForwardLimits DEFAULT =
      new PortForwardLimits(1024 * 1024, Duration.ofSeconds(10));
}
