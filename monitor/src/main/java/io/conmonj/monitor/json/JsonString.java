package io.conmonj.monitor.json;

/** Writes text as JSON strings (RFC 8259, section 7). Any thread. */
public final class JsonString {
  /** What is below it must be escaped. */
  private static final char FIRST_UNESCAPED = ' ';

  private static final String HEX = "0123456789abcdef";

  private JsonString() {}

  /** The text in quotes. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2);
    append(quoted, text);
    return quoted.toString();
  }

  /**
   * Appends the text in quotes. Only quotes, backslashes and control characters are escaped; all
   * else, half a surrogate pair too, is passed on as it is, for the encoder to deal with.
   */
  public static void append(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < FIRST_UNESCAPED) {
        json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
