package io.conmonj.monitor.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Records on their way to the kernel: a log's format fills it, and the file empties it from the
 * front, maybe in the middle of a record. Log-writer thread only.
 */
final class RecordBuffer {
  private final byte[] bytes = new byte[LogWriter.BUFFER_SIZE];
  private int start;
  private int end;

  /** Bytes that wait. */
  int pending() {
    return end - start;
  }

  /** Bytes that fit. */
  int room() {
    return bytes.length - end;
  }

  /** Adds a part of an array. */
  void put(byte[] from, int offset, int length) {
    System.arraycopy(from, offset, bytes, end, length);
    end += length;
  }

  /** Adds one byte. */
  void put(byte value) {
    bytes[end++] = value;
  }

  /** Copies what waits; {@link #taken} then tells what became of it. */
  void copyTo(ByteBuffer out) {
    out.put(bytes, start, end - start);
  }

  /** Forgets the first bytes that wait: the file has them. */
  void taken(int count) {
    start += count;
    if (start == end) {
      clear();
    }
  }

  /** Forgets the bytes that were added last. */
  void dropLast(int count) {
    end -= count;
  }

  /** How many bytes of the record that comes next were taken already. */
  int tornOff() {
    int recordStart = start;
    while (recordStart > 0 && bytes[recordStart - 1] != '\n') {
      recordStart--;
    }
    return start - recordStart;
  }

  /** A copy of the bytes that were taken last. */
  byte[] latestTaken(int count) {
    return Arrays.copyOfRange(bytes, start - count, start);
  }

  /** Makes bytes wait again that were taken last. */
  void restore(int count) {
    start -= count;
  }

  /** Forgets everything. */
  void clear() {
    start = 0;
    end = 0;
  }
}
