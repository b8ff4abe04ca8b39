package io.conmonj.streaming;

import io.netty.buffer.ByteBuf;

/**
 * What a client types to leave what it is connected to running by itself. Written as Docker and
 * Podman have it: keys with commas between them, each a letter, or {@code ctrl-} and one of {@code
 * a} to {@code z}, {@code @ [ \ ] ^ _}; for example {@code ctrl-p,ctrl-q}. Immutable.
 */
public final class DetachKeys {
  /** Keys that may be a sequence are held back until it is complete, so it must not be long. */
  private static final int MAX_KEYS = 16;

  private static final String CONTROL = "ctrl-";
  private static final String CONTROL_SIGNS = "@[\\]^_";

  /** The control characters of ASCII are those from {@code @} on without their upper bits. */
  private static final int CONTROL_BITS = 0x1F;

  /** The upper bit of the signs that control characters are written with. */
  private static final int SIGN_BIT = 0x40;

  private final byte[] keys;

  /** At index n: when the first n keys were typed, how many of the last also begin the sequence. */
  private final int[] border;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
    this.border = borders(keys);
  }

  /**
   * Reads a sequence.
   *
   * @throws IllegalArgumentException naming the text and what is wrong with it
   */
  public static DetachKeys parse(String text) {
    String[] names = text.split(",", -1);
    if (names.length > MAX_KEYS) {
      throw invalid(text, "has more than " + MAX_KEYS + " keys");
    }
    byte[] keys = new byte[names.length];
    for (int i = 0; i < names.length; i++) {
      keys[i] = key(text, names[i]);
    }
    return new DetachKeys(keys);
  }

  private static byte key(String text, String name) {
    if (name.length() == 1 && isLetter(name.charAt(0))) {
      return (byte) name.charAt(0);
    }
    if (name.length() == CONTROL.length() + 1 && name.startsWith(CONTROL)) {
      char sign = name.charAt(CONTROL.length());
      if (isSmallLetter(sign) || CONTROL_SIGNS.indexOf(sign) >= 0) {
        return (byte) (sign & CONTROL_BITS);
      }
    }
    throw invalid(
        text,
        "has the key '" + name + "': neither a letter nor ctrl- and one of a to z @ [ \\ ] ^ _");
  }

  private static boolean isLetter(char c) {
    return isSmallLetter(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isSmallLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static IllegalArgumentException invalid(String text, String reason) {
    return new IllegalArgumentException("detach keys '" + text + "': it " + reason);
  }

  // The failure function of Knuth, Morris and Pratt.
  private static int[] borders(byte[] keys) {
    int[] borders = new int[keys.length + 1];
    int length = 0;
    for (int i = 1; i < keys.length; i++) {
      while (length > 0 && keys[i] != keys[length]) {
        length = borders[length];
      }
      if (keys[i] == keys[length]) {
        length++;
      }
      borders[i + 1] = length;
    }
    return borders;
  }

  /** How many keys there are, at least one. */
  public int length() {
    return keys.length;
  }

  /**
   * Tells how much of the sequence has been typed, after one more byte.
   *
   * @param matched how many keys it was before this byte, less than {@link #length}
   * @param typed the next byte
   * @return how many keys it is now, 0 to {@link #length}; then it is complete
   */
  public int matched(int matched, byte typed) {
    int length = matched;
    while (length > 0 && keys[length] != typed) {
      length = border[length];
    }
    return keys[length] == typed ? length + 1 : 0;
  }

  /** Writes the first {@code count} of the keys, as they are typed. */
  public void write(ByteBuf to, int count) {
    to.writeBytes(keys, 0, count);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (byte key : keys) {
      text.append(text.isEmpty() ? "" : ",");
      if (isLetter((char) key)) {
        text.append((char) key);
      } else {
        char sign = (char) (key | SIGN_BIT);
        text.append(CONTROL).append(isLetter(sign) ? Character.toLowerCase(sign) : sign);
      }
    }
    return text.toString();
  }

  /**
   * Checks that a client with these streams can type them, and nothing else by accident.
   *
   * @throws IllegalArgumentException without a terminal or without input
   */
  void checkAgainst(Stdio stdio) {
    if (!stdio.tty() || !stdio.stdin()) {
      throw new IllegalArgumentException("detach keys need a terminal and stdin");
    }
  }
}
