package io.conmonj.it.upgrade;

import java.util.ArrayList;
import java.util.List;

/** What went wrong, whoever has seen it. Any thread. */
final class Faults {
  private static final int MOST_TOLD = 20;

  private final List<String> all = new ArrayList<>();

  /** Something did. */
  synchronized void add(String fault) {
    all.add(fault);
  }

  /**
   * Something has failed.
   *
   * @param what in words
   */
  void add(String what, Throwable cause) {
    add(what + ": " + (cause.getCause() == null ? cause : cause + ": " + cause.getCause()));
  }

  /** Whether nothing did so far. */
  synchronized boolean isNone() {
    return all.isEmpty();
  }

  /**
   * Looks whether anything did.
   *
   * @throws AssertionError if so
   */
  synchronized void check() {
    if (!all.isEmpty()) {
      throw new AssertionError(
          all.size()
              + " faults: "
              + String.join("; ", all.subList(0, Math.min(MOST_TOLD, all.size()))));
    }
  }
}
