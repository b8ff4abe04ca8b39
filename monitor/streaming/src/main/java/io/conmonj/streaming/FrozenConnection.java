package io.conmonj.streaming;

import java.util.Map;
import java.util.Optional;

/**
 * One connection of a server that has been stopped, with all that is under way on it, for another
 * server to go on with.
 *
 * @param state what there is to know of it, in a form of the server's own, whose first number is
 *     its version; may hold what a person has typed or was to be shown
 * @param descriptors open file descriptors that belong to it, by names that only this connection
 *     knows. They stay those of the server that was stopped: who passes them on duplicates them
 * @param pinged the one of {@code descriptors} at which a {@link SpdyPing} that comes alone may be
 *     answered by whoever keeps it, which changes nothing in the state; empty for none
 * @param dueNanos when, in the terms of {@link System#nanoTime}, somebody has to go on with it
 *     though none of the descriptors can be read: {@link #NOW} where something waits to be sent or
 *     is about to end, {@link #NEVER} where only its peers decide. Means nothing to the server that
 *     goes on
 */
@SuppressWarnings("ArrayRecordComponent") // It is written out as it is, and never compared.
public record FrozenConnection(
    byte[] state, Map<String, Integer> descriptors, Optional<String> pinged, long dueNanos) {
  /** See {@link #dueNanos}. */
  public static final long NOW = Long.MIN_VALUE;

  /** See {@link #dueNanos}. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Copies the map. */
  public FrozenConnection {
    descriptors = Map.copyOf(descriptors);
  }

  /** One to go on with. */
  public FrozenConnection(byte[] state, Map<String, Integer> descriptors) {
    this(state, descriptors, Optional.empty(), NOW);
  }
}
