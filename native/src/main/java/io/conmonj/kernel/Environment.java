package io.conmonj.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The environment for a child, as bytes: variables that are not valid UTF-8 pass through unharmed,
 * as they would not through {@link System#getenv()}.
 */
final class Environment {
  private static final long ENVIRON = LibC.symbol("environ");

  private Environment() {}

  /** This process's own variables, in their order. */
  static List<byte[]> own() {
    return StringVector.read(Memory.IO.getAddress(ENVIRON));
  }

  /** {@code base} without what {@code changes} sets anew, followed by {@code changes}. */
  static List<byte[]> overlay(List<byte[]> base, List<byte[]> changes) {
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
