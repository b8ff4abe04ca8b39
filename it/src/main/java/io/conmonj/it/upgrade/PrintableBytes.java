package io.conmonj.it.upgrade;

import java.util.SplittableRandom;

/**
 * Bytes without end that follow from a seed, however many are taken at a time: printable ones in
 * lines of 64.
 */
final class PrintableBytes {
  private static final int LINE = 64;
  private static final int BITS = 6;

  private final SplittableRandom random;

  /** Bits that are not used yet. */
  private long word;

  private long count;

  PrintableBytes(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The following ones. */
  byte[] next(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      if (count % (Long.SIZE / BITS) == 0) {
        word = random.nextLong();
      }
      count++;
      bytes[i] = count % LINE == 0 ? (byte) '\n' : (byte) ('0' + (word & (1 << BITS) - 1));
      word >>>= BITS;
    }
    return bytes;
  }

  /** How many there were. */
  long count() {
    return count;
  }
}
