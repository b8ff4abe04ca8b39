package io.conmonj.streaming;

import java.time.Duration;

/**
 * The bounds of forwarded connections.
 *
 * @param buffer bytes from the client kept for a target that does not take them, before the client
 *     is held back, with all the connections that it forwards in one
 * @param stall how long one target that takes nothing at all may hold back the others; then its
 *     connection is reset. A target that is the only one may hold back its client for ever
 */
public record PortForwardLimits(int buffer, Duration stall) {
  /**
   * A quarter of a mebibyte: what waits counts with the buffers that it is in, which may be several
   * times as much, and a connection has two mebibytes for all that it forwards. And ten seconds,
   * well before the half minute after which programs commonly take a connection that is silent for
   * dead.
   */
  public static final PortForwardLimits DEFAULT =
      new PortForwardLimits(256 * 1024, Duration.ofSeconds(10));
}
