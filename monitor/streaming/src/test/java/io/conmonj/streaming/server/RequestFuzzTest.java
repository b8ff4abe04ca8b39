package io.conmonj.streaming.server;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a client sends in place of a request, it is answered once, or waited for. */
class RequestFuzzTest {
  private static final String TOO_LONG = "HTTP/1.1 414 ";

  @DictionaryEntries({
    "GET /exec/$e HTTP/1.1\\x0d\\x0a",
    "POST /attach/$a HTTP/1.1\\x0d\\x0a",
    "GET /portforward/$p HTTP/1.1\\x0d\\x0a",
    "Connection: Upgrade\\x0d\\x0a",
    "Upgrade: websocket\\x0d\\x0a",
    "Upgrade: SPDY/3.1\\x0d\\x0a",
    "Sec-WebSocket-Version: 13\\x0d\\x0a",
    "Sec-WebSocket-Key: x\\x0d\\x0a",
    "Sec-WebSocket-Protocol: ",
    "v5.channel.k8s.io,",
    "SPDY/3.1+portforward.k8s.io",
    "X-Stream-Protocol-Version: v4.channel.k8s.io\\x0d\\x0a",
    "portforward.k8s.io",
    "Content-Length: 1\\x0d\\x0a",
    "Transfer-Encoding: chunked\\x0d\\x0a",
    "Expect: 100-continue\\x0d\\x0a",
    "HTTP/1.0\\x0d\\x0a",
    "\\x0d\\x0a\\x0d\\x0a"
  })
  @FuzzTest
  void aRequestIsAnsweredOnceOrWaitedFor(byte[] input) {
    String whole = new FuzzedRequest(input).answer(Integer.MAX_VALUE);
    FuzzedRequest inPieces = new FuzzedRequest(input);
    String pieces = inPieces.answer(1);
    // Netty counts the carriage return of a line when that comes by itself, and only then.
    boolean isRefused = inPieces.hasLongestLine() && pieces.startsWith(TOO_LONG);
    if (!whole.equals(pieces) && !isRefused) {
      throw new AssertionError("in one chunk: " + whole + "; in bytes: " + pieces);
    }
  }
}
