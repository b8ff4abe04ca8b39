package io.conmonj.kernel;

import com.kenai.jffi.MemoryIO;
import java.nio.charset.StandardCharsets;

/**
 * One zeroed block of C memory, freed by {@link #close}; offsets are in bytes and unchecked, so
 * they come from the named layout constants beside each use. Used by one thread at a time.
 */
final class Memory implements AutoCloseable {
  static final MemoryIO IO = MemoryIO.getInstance();

  private final long address;

  private Memory(long address) {
    this.address = address;
  }

  static Memory allocate(long bytes) {
    boolean clear = true;
    long address = IO.allocateMemory(bytes, clear);
    if (address == 0) {
      throw new OutOfMemoryError("allocate " + bytes + " bytes of C memory");
    }
    return new Memory(address);
  }

  /** A NUL-terminated copy of {@code text} in UTF-8. */
  static Memory string(String text) {
    byte[] bytes = cString(text);
    Memory memory = allocate(bytes.length + 1L);
    IO.putByteArray(memory.address, bytes, 0, bytes.length);
    return memory;
  }

  /**
   * The bytes of a C string, without its terminator.
   *
   * @throws IllegalArgumentException when the text holds a NUL, which would silently cut it short
   */
  static byte[] cString(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a C string cannot hold a NUL: " + text.replace('\0', '?'));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  long address() {
    return address;
  }

  byte getByte(long offset) {
    return IO.getByte(address + offset);
  }

  short getShort(long offset) {
    return IO.getShort(address + offset);
  }

  int getInt(long offset) {
    return IO.getInt(address + offset);
  }

  long getLong(long offset) {
    return IO.getLong(address + offset);
  }

  void putByte(long offset, byte value) {
    IO.putByte(address + offset, value);
  }

  void putShort(long offset, short value) {
    IO.putShort(address + offset, value);
  }

  void putInt(long offset, int value) {
    IO.putInt(address + offset, value);
  }

  void putLong(long offset, long value) {
    IO.putLong(address + offset, value);
  }

  void getBytes(long offset, byte[] to, int start, int length) {
    IO.getByteArray(address + offset, to, start, length);
  }

  void putBytes(long offset, byte[] from, int start, int length) {
    IO.putByteArray(address + offset, from, start, length);
  }

  /** Fills the first bytes with zeros. */
  void clear(long length) {
    IO.setMemory(address, length, (byte) 0);
  }

  @Override
  public void close() {
    IO.freeMemory(address);
  }
}
