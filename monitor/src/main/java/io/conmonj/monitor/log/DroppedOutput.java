package io.conmonj.monitor.log;

import io.conmonj.kernel.SharedMemory;
import java.nio.ByteBuffer;

/**
 * In a {@link LogMemory}: how much of a container's output was dropped for a {@link LogRate}, and
 * what is to be known of the lines that are. There is room for two of this, of which the last that
 * was finished holds. Event loop only.
 */
final class DroppedOutput {
  /** How many times it has been put; the last is in the first half for even ones. */
  private static final int COUNT_AT = 1024;

  private static final int FIRST_AT = 1032;

  // in each
  private static final int BYTES = 0;
  private static final int LINES = 8;
  private static final int RATE = 16;

  /** A multiple of eight, with room for {@link DroppingLog#KEPT_BYTES}. */
  private static final int ROOM = 64;

  private final SharedMemory memory;
  private final ByteBuffer rates;
  private long count;

  /** That of this memory. */
  DroppedOutput(SharedMemory memory) {
    this.memory = memory;
    rates = memory.bytes(FIRST_AT, 2 * ROOM);
    count = memory.get(COUNT_AT);
  }

  /** Whether it has ever been put. */
  boolean isThere() {
    return count > 0;
  }

  /**
   * Puts it.
   *
   * @param dropped since the container began
   * @param rate of {@link LogDriver#rate}
   */
  void put(LogStatistics dropped, byte[] rate) {
    int at = at(count + 1);
    memory.put(FIRST_AT + at + BYTES, dropped.bytesDropped());
    memory.put(FIRST_AT + at + LINES, dropped.linesDropped());
    rates.put(at + RATE, rate);
    count++;
    memory.put(COUNT_AT, count);
  }

  /** How much was dropped since the container began. */
  LogStatistics dropped() {
    int at = FIRST_AT + at(count);
    return new LogStatistics(0, 0, 0, 0, memory.get(at + BYTES), memory.get(at + LINES), 0);
  }

  /** What was put as the rate. */
  byte[] rate() {
    byte[] rate = new byte[DroppingLog.KEPT_BYTES];
    rates.get(at(count) + RATE, rate);
    return rate;
  }

  private static int at(long number) {
    return (int) (number & 1) * ROOM;
  }
}
