package io.conmonj.monitor.container;

/** Which names a container may have: those that runc takes (validateID in libcontainer). */
final class ContainerId {
  /** Longer than any id in use (64), short enough for a file name with something added. */
  private static final int MAX_LENGTH = 200;

  private ContainerId() {}

  /** Letters, digits, {@code _ + - .}; never something that reads as an option or a directory. */
  static boolean isValid(String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH || id.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (!isAllowed(id.charAt(i))) {
        return false;
      }
    }
    return !id.equals(".") && !id.equals("..");
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_+-.".indexOf(c) >= 0;
  }
}
