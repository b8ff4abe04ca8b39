package io.conmonj.streaming.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the header blocks of one side of a SPDY connection, which are one compressed stream. */
public final class HeaderReader implements AutoCloseable {
  private final Inflater inflater = new Inflater();

  /** The headers of the next block, by name. */
  public Map<String, String> read(byte[] payload, int from) throws IOException {
    inflater.setInput(payload, from, payload.length - from);
    ByteBuffer block = ByteBuffer.wrap(decompress());
    Map<String, String> headers = new TreeMap<>();
    for (int left = block.getInt(); left > 0; left--) {
      headers.put(string(block), string(block));
    }
    return headers;
  }

  private static String string(ByteBuffer block) {
    byte[] bytes = new byte[block.getInt()];
    block.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private byte[] decompress() throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    byte[] part = new byte[1024];
    try {
      int length;
      do {
        length = inflater.inflate(part);
        if (inflater.needsDictionary()) {
          inflater.setDictionary(HeaderDictionary.bytes());
          length = inflater.inflate(part);
        }
        block.write(part, 0, length);
      } while (length > 0);
    } catch (DataFormatException e) {
      throw new IOException("a header block that is not compressed as it should be", e);
    }
    return block.toByteArray();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
