package io.conmonj.monitor.json;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes a JSON object apart into the texts of its members, without looking into them (RFC 8259).
 * Enough to change some members of a document and to leave all others as they are.
 */
public final class JsonObject {
  private final String text;
  private int position;

  private JsonObject(String text) {
    this.text = text;
  }

  /**
   * The members' values as they are written, by name, in their order.
   *
   * @throws IOException when the text is no JSON object
   */
  public static Map<String, String> members(String text) throws IOException {
    JsonObject object = new JsonObject(text);
    Map<String, String> members = new LinkedHashMap<>();
    object.expect('{');
    if (object.next() == '}') {
      return members;
    }
    do {
      String name = object.string();
      object.expect(':');
      members.put(name, object.value());
    } while (object.another());
    return members;
  }

  /** Puts an object together; the opposite of {@link #members}. */
  public static String of(Map<String, String> members) {
    StringBuilder text = new StringBuilder("{");
    for (Map.Entry<String, String> each : members.entrySet()) {
      text.append(text.length() == 1 ? "" : ",");
      text.append('"').append(each.getKey()).append("\":").append(each.getValue());
    }
    return text.append('}').toString();
  }

  private boolean another() throws IOException {
    if (next() == ',') {
      position++;
      return true;
    }
    expect('}');
    return false;
  }

  private String string() throws IOException {
    next();
    int start = position;
    skipString();
    return text.substring(start + 1, position - 1);
  }

  private String value() throws IOException {
    next();
    int start = position;
    int depth = 0;
    do {
      char c = next();
      if (c == '"') {
        skipString();
      } else if (c == '{' || c == '[') {
        depth++;
        position++;
      } else if (c == '}' || c == ']') {
        depth--;
        position++;
      } else if (depth > 0 && (c == ',' || c == ':')) {
        position++;
      } else {
        skipWord();
      }
    } while (depth > 0);
    return text.substring(start, position);
  }

  private void skipString() throws IOException {
    expect('"');
    while (position < text.length() && text.charAt(position) != '"') {
      position += text.charAt(position) == '\\' ? 2 : 1;
    }
    position++;
    if (position > text.length()) {
      throw malformed();
    }
  }

  /** A number, true, false or null. */
  private void skipWord() throws IOException {
    int start = position;
    while (position < text.length() && ",:]} \t\r\n".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    if (position == start) {
      throw malformed();
    }
  }

  private void expect(char wanted) throws IOException {
    if (next() != wanted) {
      throw malformed();
    }
    position++;
  }

  /** The next character that is not white space; stays where it is. */
  private char next() throws IOException {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (position >= text.length()) {
      throw malformed();
    }
    return text.charAt(position);
  }

  private IOException malformed() {
    return new IOException("read JSON: malformed at character " + position);
  }
}
