package io.conmonj.it.soak;

import java.util.random.RandomGenerator;

/** How a client leaves. */
enum Leaving {
  /** With a FIN, without a word. */
  CLOSE,
  /** With a RST. */
  RESET,
  /** Ends the connection when half of a frame has been sent. */
  HALF_A_FRAME,
  /** With bytes that mean nothing. */
  NONSENSE;

  static Leaving any(RandomGenerator random) {
    return values()[random.nextInt(values().length)];
  }
}
