package io.conmonj.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * This process's environment, as its children get it. It is kept as bytes: variables that are not
 * valid UTF-8 pass through unharmed, as they would not through {@link System#getenv()}, which shows
 * what it was at the start.
 */
public final class Environment {
  private static final long ENVIRON = LibC.symbol("environ");
  private static final long UNSETENV = LibC.symbol("unsetenv");

  private Environment() {}

  /**
   * Removes a variable. The C library's environment has no lock: to be called before there are
   * other threads that use it.
   */
  public static void remove(String name) {
    try (Memory text = Memory.string(name)) {
      LibC.call(UNSETENV, text.address());
    }
  }

  /**
   * Gives variables whose names begin with this prefix the names behind it, with their values as
   * they are; see {@link #remove} for threads.
   */
  public static void renameWithout(String prefix) {
    long vector = Memory.IO.getAddress(ENVIRON);
    byte[] start = Memory.cString(prefix);
    for (byte[] variable : StringVector.read(vector)) {
      if (startsWith(variable, start)) {
        // The text belongs to the process from its start on, so a name may begin within it.
        Memory.IO.putAddress(vector, Memory.IO.getAddress(vector) + start.length);
      }
      vector += Long.BYTES;
    }
  }

  private static boolean startsWith(byte[] variable, byte[] prefix) {
    return variable.length > prefix.length
        && Arrays.equals(variable, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** This process's own variables, in their order, as bytes {@code NAME=value}. */
  public static List<byte[]> own() {
    return StringVector.read(Memory.IO.getAddress(ENVIRON));
  }

  /** {@code base} without what {@code changes} sets anew, followed by {@code changes}. */
  public static List<byte[]> overlay(List<byte[]> base, List<byte[]> changes) {
    List<byte[]> result = new ArrayList<>(base.size() + changes.size());
    for (byte[] variable : base) {
      if (!setsAny(changes, variable)) {
        result.add(variable);
      }
    }
    result.addAll(changes);
    return result;
  }

  private static boolean setsAny(List<byte[]> changes, byte[] variable) {
    int nameLength = nameLength(variable);
    for (byte[] change : changes) {
      if (Arrays.equals(change, 0, nameLength(change), variable, 0, nameLength)) {
        return true;
      }
    }
    return false;
  }

  private static int nameLength(byte[] variable) {
    int length = 0;
    while (length < variable.length && variable[length] != '=') {
      length++;
    }
    return length;
  }
}
