package io.conmonj.streaming.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What a SPDY server sent, held to the order that its client may rely on. */
final class SpdyAnswers {
  private static final int INTERNAL_ERROR = 2;

  /** The streams that the server has accepted, in order. */
  final Set<Integer> accepted = new LinkedHashSet<>();

  final Set<Integer> ended = new LinkedHashSet<>();
  final Set<Integer> reset = new LinkedHashSet<>();
  boolean goesAway;

  private final Map<Integer, ByteArrayOutputStream> data = new HashMap<>();
  private final Check check;
  private final Set<Integer> spoilt;

  /**
   * @param spoilt streams that the client itself has reset or got reset, to which nothing applies
   */
  SpdyAnswers(byte[] sent, Set<Integer> spoilt, Check check) {
    this.check = check;
    this.spoilt = spoilt;
    ByteBuffer frames = ByteBuffer.wrap(sent);
    while (frames.hasRemaining()) {
      check.that(!goesAway, "a frame after GOAWAY");
      check.that(frames.remaining() >= 8, "half a frame");
      int first = frames.getInt();
      int flags = frames.get(frames.position());
      int length = frames.getInt() & 0xFFFFFF;
      check.that(frames.remaining() >= length, "half a frame");
      byte[] payload = new byte[length];
      frames.get(payload);
      if (first >= 0) {
        data(first, payload, (flags & 1) != 0);
      } else {
        control(first & 0xFFFF, ByteBuffer.wrap(payload));
      }
    }
  }

  /** What came on a stream. */
  byte[] data(int stream) {
    return data.containsKey(stream) ? data.get(stream).toByteArray() : new byte[0];
  }

  /** Whether a stream has taken all that was written on it. */
  boolean isWhole(int stream) {
    return !reset.contains(stream) && !spoilt.contains(stream);
  }

  private void data(int stream, byte[] payload, boolean last) {
    if (!spoilt.contains(stream)) {
      check.that(accepted.contains(stream), "DATA on a stream that was not accepted");
      check.that(!ended.contains(stream), "DATA behind the end of its stream");
      check.that(!reset.contains(stream), "DATA behind the reset of its stream");
    }
    data.computeIfAbsent(stream, s -> new ByteArrayOutputStream()).writeBytes(payload);
    if (last) {
      ended.add(stream);
    }
  }

  private void control(int type, ByteBuffer payload) {
    int stream = payload.getInt();
    switch (type) {
      case 2 -> check.that(accepted.add(stream), "a stream is accepted twice");
      case 3 -> {
        check.that(payload.getInt() != INTERNAL_ERROR, "a stream ends by a failure of the server");
        reset.add(stream);
      }
      case 6 -> {
        // An answer to a ping.
      }
      case 7 -> {
        goesAway = true;
        check.that(payload.getInt() != INTERNAL_ERROR, "an unexpected failure of the server");
      }
      default -> check.that(false, "a control frame of type " + type);
    }
  }
}
