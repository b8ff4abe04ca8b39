package io.conmonj.streaming;

import java.util.Map;

/**
 * One connection of a server that has been stopped, with all that is under way on it, for another
 * server to go on with.
 *
 * @param state what there is to know of it, in a form of the server's own, whose first number is
 *     its version; may hold what a person has typed or was to be shown
 * @param descriptors open file descriptors that belong to it, by names that only this connection
 *     knows. They stay those of the server that was stopped: who passes them on duplicates them
 */
@SuppressWarnings("ArrayRecordComponent") // It is written out as it is, and never compared.
public record FrozenConnection(byte[] state, Map<String, Integer> descriptors) {
  /** Copies the map. */
  public FrozenConnection {
    descriptors = Map.copyOf(descriptors);
  }
}
