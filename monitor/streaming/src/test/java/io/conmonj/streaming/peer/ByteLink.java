package io.conmonj.streaming.peer;

import java.io.IOException;

/** What carries the bytes of a protocol, both ways. Each way is used by one thread at a time. */
public interface ByteLink extends ByteSource, AutoCloseable {
  /** Sends bytes, and waits until they are on their way. */
  void send(byte[] bytes) throws IOException;

  /** Ends it without a word. */
  @Override
  void close() throws IOException;
}
