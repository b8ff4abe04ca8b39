package io.conmonj.streaming.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Whatever a client sends over a WebSocket, and when, its session keeps the promises. */
class WebSocketSessionFuzzTest {

  @FuzzTest
  void aSessionKeepsItsPromises(byte[] input) {
    String whole = session(input, Integer.MAX_VALUE).play();
    String pieces = session(input, 1 + input.length % 7).play();
    if (!whole.equals(pieces)) {
      throw new AssertionError("in whole frames: " + whole + "; in pieces: " + pieces);
    }
  }

  /** One in four is a tunnel. */
  private static FuzzedSession session(byte[] input, int chunk) {
    byte[] rest = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    return input.length > 0 && (input[0] & 3) == 3
        ? new TunnelSession(rest, chunk)
        : new WebSocketSession(rest, chunk);
  }
}
