package io.conmonj.monitor.pod;

/** Under which names the sockets of streaming connections are kept during a hand-over. */
final class SessionNames {
  private static final String PREFIX = "s";

  private SessionNames() {}

  /**
   * The name of one.
   *
   * @param connection its connection's place in the state, from 0 on
   * @param descriptor its place among that one's, from 0 on
   */
  static String of(int connection, int descriptor) {
    return PREFIX + (connection + 1) + "." + (descriptor + 1);
  }

  /** Whether that can be one of them. */
  static boolean isOne(String name) {
    return name.length() > PREFIX.length()
        && name.startsWith(PREFIX)
        && Character.isDigit(name.charAt(PREFIX.length()));
  }
}
