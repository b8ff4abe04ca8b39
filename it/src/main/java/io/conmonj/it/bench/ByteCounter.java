package io.conmonj.it.bench;

import java.io.OutputStream;

/** Counts bytes and drops them. */
final class ByteCounter extends OutputStream {
  private long count;

  @Override
  public void write(int one) {
    count++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    count += length;
  }

  long count() {
    return count;
  }
}
