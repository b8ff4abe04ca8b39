package io.conmonj.kernel;

import java.util.ArrayList;
import java.util.List;

/** An argv or envp: C strings in C memory and the NULL-terminated array that points to them. */
final class StringVector implements AutoCloseable {
  private static final int POINTER_BYTES = 8;

  private final Memory array;
  private final Memory text;

  private StringVector(Memory array, Memory text) {
    this.array = array;
    this.text = text;
  }

  static StringVector of(List<byte[]> strings) {
    long bytes = 1;
    for (byte[] string : strings) {
      bytes += string.length + 1L;
    }
    Memory text = Memory.allocate(bytes);
    Memory array = Memory.allocate((strings.size() + 1L) * POINTER_BYTES);
    long offset = 0;
    for (int i = 0; i < strings.size(); i++) {
      byte[] string = strings.get(i);
      text.putBytes(offset, string, 0, string.length);
      array.putLong((long) i * POINTER_BYTES, text.address() + offset);
      offset += string.length + 1L;
    }
    return new StringVector(array, text);
  }

  /** The strings of an array that somebody else owns. */
  static List<byte[]> read(long array) {
    List<byte[]> strings = new ArrayList<>();
    for (long slot = array; Memory.IO.getAddress(slot) != 0; slot += POINTER_BYTES) {
      strings.add(Memory.IO.getZeroTerminatedByteArray(Memory.IO.getAddress(slot)));
    }
    return strings;
  }

  long address() {
    return array.address();
  }

  @Override
  public void close() {
    array.close();
    text.close();
  }
}
