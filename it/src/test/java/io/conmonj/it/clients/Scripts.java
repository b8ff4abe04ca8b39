package io.conmonj.it.clients;

/** The commands that clients run; the programs in other languages run the same. */
final class Scripts {
  /** Writes to both streams. */
  static final String BOTH_STREAMS = "printf out; printf err >&2";

  /** Fails with a code. */
  static final String EXIT_3 = "printf out; exit 3";

  /** Goes on after the end of its input. */
  static final String AFTER_STDIN = "cat; echo after";

  /** Tells the terminal's size at each line of input. */
  static final String TELL_SIZE = "while read -r x; do stty size; done";

  /** Ctrl-D: the end of a terminal's input, at the start of a line. */
  static final String END_OF_TERMINAL = "\u0004";

  /** Prints the payload. */
  static final String PAYLOAD_OUT = "seq 1 10000000 | head -c " + Payload.SIZE;

  /** Reads the payload, not waiting for the end of input, and prints its digest. */
  static final String PAYLOAD_IN = "head -c " + Payload.SIZE + " | sha256sum";

  private Scripts() {}
}
