package io.conmonj.streaming.peer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What both sides of SPDY take for sent before the first header block (SPDY/3.1, 2.6.10.1). */
final class HeaderDictionary {
  /** Each with its length before it. */
  private static final String WORDS =
      """
      options head post put delete trace accept accept-charset accept-encoding accept-language \
      accept-ranges age allow authorization cache-control connection content-base \
      content-encoding content-language content-length content-location content-md5 \
      content-range content-type date etag expect expires from host if-match if-modified-since \
      if-none-match if-range if-unmodified-since last-modified location max-forwards pragma \
      proxy-authenticate proxy-authorization range referer retry-after server te trailer \
      transfer-encoding upgrade user-agent vary via warning www-authenticate method get status \
      200|OK version HTTP/1.1 url public set-cookie keep-alive origin""";

  /** Behind them, as it is. */
  private static final String REST =
      "1001012012022052063003023033043053063074024054064074084094104114124134144154164175025045"
          + "05203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request4"
          + "01 Unauthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented5"
          + "03 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, T"
          + "ue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,applic"
          + "ation/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,d"
          + "eflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

  private HeaderDictionary() {}

  static byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String word : WORDS.split(" ", -1)) {
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(word.length()).array());
      bytes.writeBytes(word.replace('|', ' ').getBytes(StandardCharsets.US_ASCII));
    }
    bytes.writeBytes(REST.getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }
}
