package io.conmonj.streaming.fuzz;

import java.util.Arrays;

/**
 * Takes decisions from a fuzzer's bytes, one after another; all are 0 when the bytes are used up.
 */
final class FuzzInput {
  /** Around the limits of frames, of chunks and of the small buffers of a {@link FuzzedSession}. */
  private static final int[] LENGTHS = {
    0, 1, 2, 5, 30, 124, 125, 126, 127, 500, 1023, 2048, 4095, 4096, 16_383, 16_385, 40_000, 65_535
  };

  private static final int PERIOD = 251;

  private final byte[] bytes;
  private int position;
  private int patterned;

  FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isUsedUp() {
    return position >= bytes.length;
  }

  /** 0 to 255. */
  int next() {
    return isUsedUp() ? 0 : bytes[position++] & 0xFF;
  }

  /** 0 to bound - 1. */
  int next(int bound) {
    return next() % bound;
  }

  boolean flag() {
    return (next() & 1) == 1;
  }

  int number() {
    return next() << 24 | next() << 16 | next() << 8 | next();
  }

  @SafeVarargs
  final <T> T one(T... choices) {
    return choices[next(choices.length)];
  }

  /** Up to 255 bytes as they are. */
  byte[] literal() {
    int length = next();
    int from = Math.min(position, bytes.length);
    position = Math.min(bytes.length, from + length);
    return Arrays.copyOfRange(bytes, from, position);
  }

  /** Bytes of any number that are never the same for long, so that a loss of some is seen. */
  byte[] payload() {
    byte[] payload = new byte[LENGTHS[next(LENGTHS.length)]];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (patterned++ % PERIOD);
    }
    return payload;
  }
}
