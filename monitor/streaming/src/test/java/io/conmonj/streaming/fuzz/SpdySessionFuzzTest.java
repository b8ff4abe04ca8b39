package io.conmonj.streaming.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a client sends over SPDY, and when, its session keeps the promises. */
class SpdySessionFuzzTest {

  @FuzzTest
  void aSessionKeepsItsPromises(byte[] input) {
    String whole = new SpdySession(input, Integer.MAX_VALUE).play();
    String pieces = new SpdySession(input, 1 + input.length % 7).play();
    if (!whole.equals(pieces)) {
      throw new AssertionError("in whole frames: " + whole + "; in pieces: " + pieces);
    }
  }
}
