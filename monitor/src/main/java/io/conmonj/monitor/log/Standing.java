package io.conmonj.monitor.log;

/**
 * What the next record of a log depends on, as one number, so that the log-writer thread can tell
 * it without a lock and without memory: for each stream whether its last record was a part of a
 * line, and the bytes of it that are in no record because the rest of their character has not come.
 * Of a log in the journal it is how many bytes are in no record because the rest of their line has
 * not come. The numbers are kept from one worker to the next: what the bits mean stays as it is.
 */
final class Standing {
  /** For {@link #ofStream}: all that came is in records. */
  static final int NOTHING_WAITS = 0;

  private static final int IN_LINE = 1 << 31;
  private static final int COUNT_SHIFT = 24;
  private static final int COUNT_MASK = 0x3;

  private Standing() {}

  /** Of two streams. */
  static long of(int stdout, int stderr) {
    return (long) stdout << Integer.SIZE | Integer.toUnsignedLong(stderr);
  }

  /**
   * Of one stream.
   *
   * @param waiting of {@link #waiting(byte[], int)}, or how many bytes wait
   */
  static int ofStream(boolean inLine, int waiting) {
    return (inLine ? IN_LINE : 0) | waiting;
  }

  /**
   * Bytes that wait, as a number.
   *
   * @param count 0 to 3
   */
  static int waiting(byte[] bytes, int count) {
    int waiting = count << COUNT_SHIFT;
    for (int i = 0; i < count; i++) {
      waiting |= (bytes[i] & 0xff) << (i * Byte.SIZE);
    }
    return waiting;
  }

  static int stdout(long standing) {
    return (int) (standing >> Integer.SIZE);
  }

  static int stderr(long standing) {
    return (int) standing;
  }

  static boolean inLine(int ofStream) {
    return (ofStream & IN_LINE) != 0;
  }

  /** How many bytes of one stream wait, in a log in the journal. */
  static int length(int ofStream) {
    return ofStream & ~IN_LINE;
  }

  /** The bytes of one stream that wait. */
  static byte[] waiting(int ofStream) {
    byte[] bytes = new byte[ofStream >> COUNT_SHIFT & COUNT_MASK];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (ofStream >> (i * Byte.SIZE));
    }
    return bytes;
  }

  /** The same without the bytes that wait. */
  static long linesOnly(long standing) {
    return standing & of(IN_LINE, IN_LINE);
  }
}
