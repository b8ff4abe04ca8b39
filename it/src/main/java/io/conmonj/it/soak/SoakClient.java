package io.conmonj.it.soak;

import java.io.IOException;

/**
 * A client of an upgraded connection, which does with its session what it is told, in this order.
 */
interface SoakClient extends AutoCloseable {
  /** Opens some of the streams; nothing to do where they need not be opened. */
  void openSome() throws IOException;

  /** Opens those that are missing, and sends bytes. */
  void send(byte[] bytes) throws IOException;

  /** Reads at least a byte of what comes back. */
  void readSome() throws IOException;

  /** Has the session end, and reads until the server has said so. */
  void readEnd() throws IOException;

  /** A frame that would be one if it went on. */
  byte[] frame();

  @Override
  void close() throws IOException;
}
