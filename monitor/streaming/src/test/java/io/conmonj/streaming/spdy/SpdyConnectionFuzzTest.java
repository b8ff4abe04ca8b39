package io.conmonj.streaming.spdy;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever comes, the connection ends with GOAWAY for a protocol error or goes on, and never fails
 * by itself; and it reads bytes as it reads chunks.
 */
class SpdyConnectionFuzzTest {
  /** GOAWAY, up to the last stream. */
  private static final String GOAWAY = "8003000700000008";

  private static final int DIGITS_OF_STREAM = 8;
  private static final String INTERNAL_ERROR = "00000002";

  @FuzzTest
  void anyBytesAreUnderstoodOrRefused(byte[] input) {
    String whole = answers(input, Math.max(1, input.length));
    String bytes = answers(input, 1);
    if (!whole.equals(bytes)) {
      throw new AssertionError("in one chunk: " + whole + "; in bytes: " + bytes);
    }
  }

  private static String answers(byte[] input, int chunkLength) {
    RecordedStreams recorded = new RecordedStreams();
    for (int i = 0; i < input.length; i += chunkLength) {
      recorded.receive(input, i, Math.min(chunkLength, input.length - i));
    }
    String sent = recorded.sent();
    int status = sent.indexOf(GOAWAY) + GOAWAY.length() + DIGITS_OF_STREAM;
    if (sent.contains(GOAWAY) && sent.startsWith(INTERNAL_ERROR, status)) {
      throw new AssertionError("failed: " + sent);
    }
    return recorded.streams + " " + sent;
  }
}
