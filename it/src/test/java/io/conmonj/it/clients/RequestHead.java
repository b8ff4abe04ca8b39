package io.conmonj.it.clients;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The head of an HTTP/1.1 request, its header lines kept as they came.
 *
 * @param method as sent
 * @param target path and query as sent
 * @param headers all header lines, each with its CRLF
 */
record RequestHead(String method, String target, String headers) {
  /** More than any client sends. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final String END = "\r\n\r\n";

  /** Reads up to the empty line and not a byte further. */
  static RequestHead read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END.length()) {
      int b = in.read();
      if (b < 0 || bytes.size() > MAX_BYTES) {
        throw new EOFException("read request head: it does not end");
      }
      bytes.write(b);
      matched = b == END.charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    String head = bytes.toString(StandardCharsets.ISO_8859_1);
    int line = head.indexOf("\r\n");
    String[] parts = head.substring(0, line).split(" ", -1);
    if (parts.length != 3) {
      throw new IOException("read request head: malformed request line");
    }
    return new RequestHead(
        parts[0], parts[1], head.substring(line + 2, head.length() - END.length() + 2));
  }

  /** The same request for another path and query. */
  RequestHead withTarget(URI url) {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return new RequestHead(
        method, url.getRawPath() + query, headers + "X-Forwarded-For: 127.0.0.1\r\n");
  }

  /** As it goes on the wire. */
  byte[] bytes() {
    return (method + " " + target + " HTTP/1.1\r\n" + headers + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
