package io.conmonj.it.exec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** Counts what it is given, as fast as can be or like a client that is slow at first. */
final class CountingSink extends OutputStream {
  private static final long MIB = 1L << 20;
  private static final long SLOW_BYTES = 64 * MIB;
  private static final long PAUSE_MILLIS = 50;

  private final long slowBytes;
  private long count;

  private CountingSink(long slowBytes) {
    this.slowBytes = slowBytes;
  }

  static CountingSink fast() {
    return new CountingSink(0);
  }

  /** Pauses for 50 ms after each mebibyte of the first 64. */
  static CountingSink slowAtFirst() {
    return new CountingSink(SLOW_BYTES);
  }

  @Override
  public synchronized void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    long before = count / MIB;
    count += length;
    if (count <= slowBytes && count / MIB > before) {
      pause();
    }
  }

  synchronized long count() {
    return count;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while being slow");
    }
  }
}
