package io.conmonj.streaming.peer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of frames come from. */
@FunctionalInterface
public interface ByteSource {
  /**
   * Reads bytes.
   *
   * @throws EOFException when the other side's end comes before
   */
  byte[] read(int length) throws IOException;

  /** What was recorded; reading moves the buffer's position. */
  static ByteSource of(ByteBuffer recorded) {
    return length -> {
      if (recorded.remaining() < length) {
        throw new EOFException("half a frame");
      }
      byte[] bytes = new byte[length];
      recorded.get(bytes);
      return bytes;
    };
  }
}
