package io.conmonj.monitor.streaming.server;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a client sends in place of a request, it is answered once, or waited for. */
class RequestFuzzTest {

  @DictionaryEntries({
    "GET /exec/$e HTTP/1.1\r\n",
    "POST /attach/$a HTTP/1.1\r\n",
    "GET /portforward/$p HTTP/1.1\r\n",
    "Connection: Upgrade\r\n",
    "Upgrade: websocket\r\n",
    "Upgrade: SPDY/3.1\r\n",
    "Sec-WebSocket-Version: 13\r\n",
    "Sec-WebSocket-Key: x\r\n",
    "Sec-WebSocket-Protocol: ",
    "v5.channel.k8s.io,",
    "SPDY/3.1+portforward.k8s.io",
    "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n",
    "portforward.k8s.io",
    "Content-Length: 1\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Expect: 100-continue\r\n",
    "HTTP/1.0\r\n",
    "\r\n\r\n"
  })
  @FuzzTest
  void aRequestIsAnsweredOnceOrWaitedFor(byte[] input) {
    String whole = new FuzzedRequest(input).answer(Integer.MAX_VALUE);
    String pieces = new FuzzedRequest(input).answer(1);
    if (!whole.equals(pieces)) {
      throw new AssertionError("in one chunk: " + whole + "; in bytes: " + pieces);
    }
  }
}
