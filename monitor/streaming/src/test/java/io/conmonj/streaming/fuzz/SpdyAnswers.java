package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.peer.ByteSource;
import io.conmonj.streaming.peer.SpdyFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  /** Whether the server has cut its client off for breaking the protocol. */
  boolean breaksOff;

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
    ByteSource source = ByteSource.of(frames);
    while (frames.hasRemaining()) {
      check.that(!goesAway, "a frame after GOAWAY");
      try {
        take(SpdyFrame.read(source));
      } catch (IOException e) {
        check.that(false, e.getMessage());
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

  private void data(SpdyFrame frame) {
    int stream = frame.number();
    if (!spoilt.contains(stream)) {
      check.that(accepted.contains(stream), "DATA on a stream that was not accepted");
      check.that(!ended.contains(stream), "DATA behind the end of its stream");
      check.that(!reset.contains(stream), "DATA behind the reset of its stream");
    }
    data.computeIfAbsent(stream, s -> new ByteArrayOutputStream()).writeBytes(frame.payload());
    if (frame.fin()) {
      ended.add(stream);
    }
  }

  private void take(SpdyFrame frame) {
    int stream = frame.number();
    switch (frame.type()) {
      case SpdyFrame.DATA -> data(frame);
      case SpdyFrame.SYN_REPLY -> check.that(accepted.add(stream), "a stream is accepted twice");
      case SpdyFrame.RST_STREAM -> {
        check.that(frame.status() != INTERNAL_ERROR, "a stream ends by a failure of the server");
        reset.add(stream);
      }
      case SpdyFrame.PING -> {
        // An answer to a ping.
      }
      case SpdyFrame.GOAWAY -> {
        goesAway = true;
        breaksOff = frame.status() == SpdyFrame.PROTOCOL_ERROR;
        check.that(frame.status() != INTERNAL_ERROR, "an unexpected failure of the server");
      }
      default -> check.that(false, "a control frame of type " + frame.type());
    }
  }
}
