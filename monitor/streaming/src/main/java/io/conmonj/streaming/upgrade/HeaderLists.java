package io.conmonj.streaming.upgrade;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** Reads headers whose value is a list, which a client may send in one line or in several. */
public final class HeaderLists {
  private HeaderLists() {}

  /** All the values of a header in the client's order, without blanks and empty ones. */
  public static List<String> values(HttpHeaders headers, CharSequence name) {
    List<String> values = new ArrayList<>();
    for (String line : headers.getAll(name)) {
      int start = 0;
      while (start <= line.length()) {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        String value = line.substring(start, end).trim();
        if (!value.isEmpty()) {
          values.add(value);
        }
        start = end + 1;
      }
    }
    return values;
  }
}
