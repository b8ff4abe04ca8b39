package io.conmonj.it.echo;

import java.io.IOException;

/** A session whose far end sends back what it gets. Used by one thread at a time. */
public interface EchoSession extends AutoCloseable {
  /**
   * Sends bytes and reads as many.
   *
   * @return what came back
   */
  byte[] roundTrip(byte[] payload) throws IOException;

  @Override
  void close() throws IOException;
}
