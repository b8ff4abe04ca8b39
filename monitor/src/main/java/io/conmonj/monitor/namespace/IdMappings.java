package io.conmonj.monitor.namespace;

import java.util.List;

/**
 * The users or the groups of a user namespace, line by line as the kernel takes them
 * (user_namespaces(7)): the first id inside, the first id outside, how many.
 *
 * @param lines such as {@code 0 100000 65536}
 */
public record IdMappings(List<String> lines) {
  private static final int FIELDS = 3;
  private static final long MAX_ID = 0xFFFF_FFFFL;

  /** No mapping at all. */
  public static final IdMappings NONE = new IdMappings(List.of());

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when a line is not three numbers of 32 bits
   */
  public IdMappings {
    lines = List.copyOf(lines);
    for (String line : lines) {
      check(line);
    }
  }

  private static void check(String line) {
    int fields = 0;
    int at = 0;
    while (at < line.length()) {
      int end = line.indexOf(' ', at);
      end = end < 0 ? line.length() : end;
      if (end > at) {
        fields++;
        checkNumber(line, at, end);
      }
      at = end + 1;
    }
    if (fields != FIELDS) {
      throw malformed(line, "'CONTAINER_ID HOST_ID SIZE'");
    }
  }

  private static void checkNumber(String line, int from, int to) {
    try {
      if (Character.isDigit(line.charAt(from)) && Long.parseLong(line, from, to, 10) <= MAX_ID) {
        return;
      }
    } catch (NumberFormatException none) {
      throw malformed(line, "all to be u32", none);
    }
    throw malformed(line, "all to be u32");
  }

  private static IllegalArgumentException malformed(String line, String expected) {
    return malformed(line, expected, null);
  }

  private static IllegalArgumentException malformed(
      String line, String expected, NumberFormatException cause) {
    return new IllegalArgumentException(
        "mapping '" + line + "' has wrong format, expected " + expected, cause);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** All lines, each with its end: the kernel takes them in a single write or not at all. */
  String text() {
    return String.join("\n", lines) + "\n";
  }
}
