package io.conmonj.it.bench.wire;

import java.nio.ByteBuffer;

/** Counts what comes on one stream of a SPDY connection. */
final class SpdyReader extends FrameReader {
  private static final int HEADER = 8;
  private static final int LENGTH = 0xFFFFFF;

  private final int stream;
  private final Payload payload;
  private boolean counts;

  SpdyReader(int stream, Payload payload) {
    this.stream = stream;
    this.payload = payload;
  }

  @Override
  long header(ByteBuffer bytes) {
    if (bytes.remaining() < HEADER) {
      return INCOMPLETE;
    }
    // A control frame has the highest bit set, and so is of no stream.
    counts = bytes.getInt() == stream;
    return bytes.getInt() & LENGTH;
  }

  @Override
  void payload(ByteBuffer bytes) {
    if (counts) {
      payload.add(bytes.remaining());
    }
  }
}
