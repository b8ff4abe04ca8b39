package io.conmonj.streaming.remotecommand;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.conmonj.streaming.TerminalSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a complete JSON parser makes of a resize stream. It stops at the first error, and tells the
 * errors that the parser under test must see too from those in what that one does not look at.
 */
final class ResizeReference {
  private static final int MAX_OBJECT = 1024;
  private static final int MAX_SIZE = 0xFFFF;
  private static final JsonFactory JSON = new JsonFactory();

  enum End {
    /** All of it is well-formed, but for an object that has not ended. */
    OPEN,
    /**
     * A whole object that is too long, or whose size is not one, or something else than objects.
     */
    REFUSED,
    /** Not JSON. */
    MALFORMED
  }

  final List<TerminalSize> sizes = new ArrayList<>();
  final End end;

  private final String text;
  private int[] size;
  private boolean refused;

  ResizeReference(byte[] input) {
    // One character for each byte: what is above ASCII only matters by its place.
    text = new String(input, StandardCharsets.ISO_8859_1);
    end = read();
  }

  private End read() {
    try (JsonParser parser = JSON.createParser(text.toCharArray())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          return End.REFUSED;
        }
        long start = parser.currentTokenLocation().getCharOffset();
        readObject(parser);
        if (refused || parser.currentTokenLocation().getCharOffset() - start >= MAX_OBJECT) {
          return End.REFUSED;
        }
        if (size[0] > 0 && size[1] > 0) {
          sizes.add(new TerminalSize(size[0], size[1]));
        }
      }
      return End.OPEN;
    } catch (IOException malformed) {
      return End.MALFORMED;
    }
  }

  /** Up to its end, whatever is in it: only then does the parser under test look at it. */
  private void readObject(JsonParser parser) throws IOException {
    size = new int[2];
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int field = field(parser);
      JsonToken value = parser.nextToken();
      if (field >= 0 && value == JsonToken.VALUE_NUMBER_INT) {
        size[field] = number(parser.getText(), size[field]);
      } else if (field >= 0 && value != JsonToken.VALUE_NULL) {
        refused = true;
      }
      parser.skipChildren();
    }
  }

  /** A name written with escapes is none of ours. */
  private int field(JsonParser parser) {
    int start = (int) parser.currentTokenLocation().getCharOffset() + 1;
    if (text.regionMatches(true, start, "Width\"", 0, "Width\"".length())) {
      return 0;
    }
    return text.regionMatches(true, start, "Height\"", 0, "Height\"".length()) ? 1 : -1;
  }

  private int number(String digits, int before) {
    try {
      int number = Integer.parseInt(digits);
      refused |= digits.startsWith("-") || number > MAX_SIZE;
      return number;
    } catch (NumberFormatException tooGreat) {
      refused = true;
      return before;
    }
  }
}
