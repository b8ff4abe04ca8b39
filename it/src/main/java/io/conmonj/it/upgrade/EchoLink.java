package io.conmonj.it.upgrade;

import java.io.IOException;
import java.util.Optional;

/**
 * A client's end of a session whose far end sends back what it gets. One thread sends, one receives
 * until the end; {@link #leave} is the sender's.
 */
interface EchoLink extends AutoCloseable {
  /** Sends bytes, and waits until they are on their way. */
  void send(byte[] bytes) throws IOException;

  /**
   * Waits for something to come.
   *
   * @return bytes of the far end, none where it was something else; empty at the session's end
   * @throws IOException if it is not the end that it should be, or nothing that should come at all
   */
  Optional<byte[]> receive() throws IOException;

  /** Asks for the session's end, where that is for the client to do. */
  void leave() throws IOException;

  @Override
  void close() throws IOException;
}
