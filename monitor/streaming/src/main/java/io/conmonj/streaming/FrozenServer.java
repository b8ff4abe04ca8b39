package io.conmonj.streaming;

import java.util.List;

/**
 * A server that has been stopped, for another one to go on with, of another process perhaps.
 *
 * @param state the URLs that can still be redeemed and what was counted, in a form of the server's
 *     own, whose first number is its version; has secrets in it
 * @param connections its connections, in no order
 */
@SuppressWarnings("ArrayRecordComponent") // It is written out as it is, and never compared.
public record FrozenServer(byte[] state, List<FrozenConnection> connections) {
  /** Copies the list. */
  public FrozenServer {
    connections = List.copyOf(connections);
  }

  /** The earliest of its connections' {@link FrozenConnection#dueNanos}. */
  public long dueNanos() {
    long due = FrozenConnection.NEVER;
    for (FrozenConnection each : connections) {
      due = Math.min(due, each.dueNanos());
    }
    return due;
  }
}
