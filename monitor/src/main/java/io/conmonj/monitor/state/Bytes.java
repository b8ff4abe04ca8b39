package io.conmonj.monitor.state;

import org.capnproto.Data;

/** Bytes in a state. */
public final class Bytes {
  private Bytes() {}

  /**
   * Puts bytes into a field in one go. The setters of Cap'n Proto's Java library copy one byte
   * after the other, which for half a megabyte takes a tenth of a second in a program that runs
   * interpreted.
   *
   * @param field as it was made, of that length
   */
  public static void put(byte[] bytes, Data.Builder field) {
    field.asByteBuffer().put(bytes);
  }
}
