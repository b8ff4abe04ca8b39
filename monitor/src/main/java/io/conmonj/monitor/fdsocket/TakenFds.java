package io.conmonj.monitor.fdsocket;

import io.conmonj.kernel.Fd;
import java.util.List;

/**
 * Descriptors that were taken for a container; the taker's to close.
 *
 * @param additional those for its runtime, in the order of the request
 * @param leaked those to be held until its end
 */
public record TakenFds(List<Fd> additional, List<Fd> leaked) {
  /** None at all. */
  public static final TakenFds NONE = new TakenFds(List.of(), List.of());

  /** Copies the lists. */
  public TakenFds {
    additional = List.copyOf(additional);
    leaked = List.copyOf(leaked);
  }
}
