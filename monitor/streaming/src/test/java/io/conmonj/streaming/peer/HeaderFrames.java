package io.conmonj.streaming.peer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * Makes the frames of SPDY that have headers. One object for each connection, its frames to be sent
 * in the order of these calls: the header blocks are one compressed stream.
 */
public final class HeaderFrames implements AutoCloseable {
  private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);

  /** For a new connection. */
  public HeaderFrames() {
    deflater.setDictionary(HeaderDictionary.bytes());
  }

  /** A SYN_STREAM frame with names and values of headers in turn. */
  public byte[] syn(int stream, String... namesAndValues) {
    return syn(stream, 0, block(namesAndValues));
  }

  /** The same with flags, and with a header block that may be none. */
  public byte[] syn(int stream, int flags, byte[] block) {
    byte[] compressed = compress(block);
    return SpdyFrame.control(
        SpdyFrame.SYN_STREAM,
        flags,
        ByteBuffer.allocate(10 + compressed.length)
            .putInt(stream)
            .putInt(0)
            .putShort((short) 0)
            .put(compressed)
            .array());
  }

  /** A SYN_REPLY frame without headers. */
  public byte[] reply(int stream) {
    byte[] compressed = compress(block());
    return SpdyFrame.control(
        SpdyFrame.SYN_REPLY,
        0,
        ByteBuffer.allocate(4 + compressed.length).putInt(stream).put(compressed).array());
  }

  /** The block of names and values in turn, as it is before compression. */
  public static byte[] block(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(number(namesAndValues.length / 2));
    for (String each : namesAndValues) {
      block.writeBytes(number(each.length()));
      block.writeBytes(each.getBytes(StandardCharsets.ISO_8859_1));
    }
    return block.toByteArray();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private byte[] compress(byte[] block) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    byte[] part = new byte[1024];
    deflater.setInput(block);
    int length;
    do {
      length = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
      compressed.write(part, 0, length);
    } while (length == part.length);
    return compressed.toByteArray();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
