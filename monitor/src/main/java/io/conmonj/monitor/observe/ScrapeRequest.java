package io.conmonj.monitor.observe;

import java.util.Locale;

/**
 * The head of a request for metrics, as far as it matters (RFC 9112).
 *
 * @param status the status of the answer: 200 if it is a request for metrics
 * @param head whether the answer has no body (HEAD)
 * @param format of the answer
 */
record ScrapeRequest(int status, boolean head, MetricsFormat format) {
  static final int OK = 200;
  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;

  /** Where metrics are, by the convention of Prometheus. */
  private static final String PATH = "/metrics";

  /**
   * Reads one.
   *
   * @param text from the request line to the last header, one character for each byte
   */
  static ScrapeRequest parse(String text) {
    String[] lines = text.split("\n", -1);
    String[] words = lines[0].strip().split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      return refused(BAD_REQUEST);
    }
    boolean head = words[0].equals("HEAD");
    if (!head && !words[0].equals("GET")) {
      return refused(METHOD_NOT_ALLOWED);
    }
    if (!path(words[1]).equals(PATH)) {
      return refused(NOT_FOUND);
    }
    return new ScrapeRequest(OK, head, Accept.format(accept(lines)));
  }

  private static ScrapeRequest refused(int status) {
    return new ScrapeRequest(status, false, MetricsFormat.PROMETHEUS);
  }

  /** Without the host of an absolute form, and without the query. */
  private static String path(String target) {
    int start = 0;
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      start = target.indexOf('/', 7);
    }
    int query = target.indexOf('?');
    int end = query < 0 ? target.length() : query;
    return start < 0 || start > end ? "" : target.substring(start, end);
  }

  /** The values of all its headers of that name, as one. */
  private static String accept(String... lines) {
    StringBuilder all = new StringBuilder();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0 && lines[i].substring(0, colon).toLowerCase(Locale.ROOT).equals("accept")) {
        all.append(all.isEmpty() ? "" : ",").append(lines[i], colon + 1, lines[i].length());
      }
    }
    return all.toString();
  }
}
