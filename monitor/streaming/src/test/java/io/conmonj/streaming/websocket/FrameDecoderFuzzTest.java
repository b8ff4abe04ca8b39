package io.conmonj.streaming.websocket;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Whatever comes, the decoder ends in a close code or goes on; and it reads bytes as it reads
 * chunks.
 */
class FrameDecoderFuzzTest {

  @FuzzTest
  void anyBytesAreDecodedOrRefused(byte[] input) {
    String whole = decode(input, Math.max(1, input.length));
    String bytes = decode(input, 1);
    if (!whole.equals(bytes)) {
      throw new AssertionError("in one chunk: " + whole + "; in bytes: " + bytes);
    }
  }

  private static String decode(byte[] input, int chunkLength) {
    RecordedFrames recorded = new RecordedFrames();
    FrameDecoder decoder = new FrameDecoder(1 << 16, recorded);
    for (int i = 0; i < input.length; i += chunkLength) {
      ByteBuf chunk = Unpooled.copiedBuffer(input, i, Math.min(chunkLength, input.length - i));
      try {
        decoder.decode(chunk);
      } catch (WebSocketException e) {
        recorded.events.add(e.closeCode() + " " + e.getMessage());
      } finally {
        chunk.release();
      }
    }
    return recorded.events.toString();
  }
}
