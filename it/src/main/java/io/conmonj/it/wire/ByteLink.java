package io.conmonj.it.wire;

import java.io.IOException;

/** What carries the bytes of a protocol, both ways. Each way is used by one thread at a time. */
public interface ByteLink extends AutoCloseable {
  /** Sends bytes, and waits until they are on their way. */
  void send(byte[] bytes) throws IOException;

  /**
   * Reads bytes.
   *
   * @throws java.io.EOFException when the server's end comes before
   */
  byte[] read(int length) throws IOException;

  /** Ends it without a word. */
  @Override
  void close() throws IOException;
}
