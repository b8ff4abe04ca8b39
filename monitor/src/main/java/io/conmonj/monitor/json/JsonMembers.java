package io.conmonj.monitor.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds strings in a JSON document (RFC 8259) as it is read, without keeping it: what stands in an
 * object that is a member of the document, such as the annotations of a bundle. Names and values
 * are compared and returned as they are written, with their escapes.
 */
public final class JsonMembers {
  /** Longer strings are passed over; those that are looked for are short. */
  private static final int MAX_STRING = 256;

  private static final String SPACE = " \t\r\n";
  private static final String STRUCTURE = "\",:{}[]";
  private static final int END = -1;

  private final InputStream in;
  private final StringBuilder string = new StringBuilder();
  private long left;
  private int current;

  private JsonMembers(InputStream in, long limit) {
    this.in = in;
    this.left = limit;
  }

  /**
   * Reads an object's members whose values are strings.
   *
   * @param in read up to the end of that object; not closed
   * @param object the name of the document's member; the result is empty if there is none
   * @param prefix how names begin that are wanted
   * @param limit bytes after which it is given up
   * @throws IOException when it cannot be read, is malformed, or too long
   */
  public static Map<String, String> strings(
      InputStream in, String object, String prefix, long limit) throws IOException {
    JsonMembers reader = new JsonMembers(in, limit);
    Map<String, String> found = new HashMap<>();
    reader.next();
    reader.object(
        name -> {
          if (name.equals(object) && reader.current == '{') {
            reader.object(
                member -> {
                  if (member.startsWith(prefix) && reader.current == '"') {
                    found.put(member, reader.string());
                  } else {
                    reader.skipValue();
                  }
                });
            return;
          }
          reader.skipValue();
        });
    return found;
  }

  /** Reads the value of a member, whose first character is the current one, to its end. */
  private interface Member {
    void read(String name) throws IOException;
  }

  /** Reads an object, of which the current character is the brace, and leaves the one behind it. */
  private void object(Member member) throws IOException {
    expect('{');
    if (current == '}') {
      next();
      return;
    }
    while (true) {
      String name = string();
      expect(':');
      member.read(name);
      if (current != ',') {
        expect('}');
        return;
      }
      next();
    }
  }

  /** Passes over a value of any kind and depth. */
  private void skipValue() throws IOException {
    int depth = 0;
    do {
      if (current == '"') {
        string();
      } else if (current == '{' || current == '[') {
        depth++;
        next();
      } else if (depth > 0 && (current == '}' || current == ']')) {
        depth--;
        next();
      } else if (depth > 0 && (current == ',' || current == ':')) {
        next();
      } else {
        skipWord();
      }
    } while (depth > 0);
  }

  /** A number, true, false or null. */
  private void skipWord() throws IOException {
    if (current == END || STRUCTURE.indexOf(current) >= 0) {
      throw malformed();
    }
    while (current != END && STRUCTURE.indexOf(current) < 0 && SPACE.indexOf(current) < 0) {
      current = read();
    }
    skipSpace();
  }

  private String string() throws IOException {
    if (current != '"') {
      throw malformed();
    }
    string.setLength(0);
    for (int c = read(); c != '"'; c = read()) {
      keep(c);
      if (c == '\\') {
        keep(read());
      }
    }
    next();
    return string.length() > MAX_STRING ? "" : string.toString();
  }

  /** What is looked for is ASCII; of the rest only the length matters. */
  private void keep(int c) throws IOException {
    if (c == END) {
      throw malformed();
    }
    if (string.length() <= MAX_STRING) {
      string.append((char) c);
    }
  }

  private void expect(char wanted) throws IOException {
    if (current != wanted) {
      throw malformed();
    }
    next();
  }

  private void next() throws IOException {
    current = read();
    skipSpace();
  }

  private void skipSpace() throws IOException {
    while (SPACE.indexOf(current) >= 0) {
      current = read();
    }
  }

  private int read() throws IOException {
    if (left-- == 0) {
      throw new IOException("read JSON: it is too long");
    }
    return in.read();
  }

  private static IOException malformed() {
    return new IOException("read JSON: it is malformed");
  }
}
