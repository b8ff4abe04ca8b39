package io.conmonj.streaming.remotecommand;

/**
 * One JSON object of the resize stream. Reads the fields {@code Width} and {@code Height}, which
 * must be whole numbers of 16 bits or null, and checks no more of the other fields than is needed
 * to find their end. It looks at each byte once and calls itself for nothing, so that no input can
 * make it slow or deep.
 */
final class ResizeObject {
  private static final int MAX = 0xFFFF;

  private final byte[] bytes;
  private final int length;
  private int position;
  private int width;
  private int height;

  ResizeObject(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /**
   * Reads the object.
   *
   * @return whether it was well-formed
   */
  boolean read() {
    if (!take('{')) {
      return false;
    }
    if (take('}')) {
      return atEnd();
    }
    do {
      if (!readField()) {
        return false;
      }
    } while (take(','));
    return take('}') && atEnd();
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private boolean readField() {
    skipSpace();
    int keyStart = position + 1;
    if (!skipString()) {
      return false;
    }
    int keyEnd = position - 1;
    if (!take(':')) {
      return false;
    }
    skipSpace();
    if (isKey("width", keyStart, keyEnd)) {
      int value = readSize(width);
      width = value;
      return value >= 0;
    }
    if (isKey("height", keyStart, keyEnd)) {
      int value = readSize(height);
      height = value;
      return value >= 0;
    }
    return skipValue();
  }

  /** A number of 16 bits; for null what was there before; -1 for anything else. */
  private int readSize(int before) {
    if (takeWord("null")) {
      return before;
    }
    int start = position;
    int value = 0;
    while (position < length && isDigit(bytes[position])) {
      value = value * 10 + (bytes[position++] - '0');
      if (value > MAX) {
        return -1;
      }
    }
    int digits = position - start;
    boolean leadingZero = digits > 1 && bytes[start] == '0';
    return digits == 0 || leadingZero ? -1 : value;
  }

  /** A string, or anything up to the comma or bracket that ends it at its own depth. */
  private boolean skipValue() {
    int depth = 0;
    int start = position;
    while (position < length) {
      byte b = bytes[position];
      if (b == '"') {
        if (!skipString()) {
          return false;
        }
        continue;
      }
      if (depth == 0 && (b == ',' || b == '}')) {
        return position > start;
      }
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      position++;
    }
    return false;
  }

  private boolean skipString() {
    if (position >= length || bytes[position] != '"') {
      return false;
    }
    position++;
    while (position < length && bytes[position] != '"') {
      position += bytes[position] == '\\' ? 2 : 1;
    }
    position++;
    return position <= length;
  }

  private boolean isKey(String lowerCase, int start, int end) {
    if (end - start != lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      if ((bytes[start + i] | 0x20) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean takeWord(String word) {
    if (length - position < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[position + i] != word.charAt(i)) {
        return false;
      }
    }
    position += word.length();
    return true;
  }

  private boolean take(char expected) {
    skipSpace();
    if (position < length && bytes[position] == expected) {
      position++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (position < length && isSpace(bytes[position])) {
      position++;
    }
  }

  private boolean atEnd() {
    return position == length;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
