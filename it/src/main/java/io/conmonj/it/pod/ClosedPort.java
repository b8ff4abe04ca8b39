package io.conmonj.it.pod;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A TCP port of the loopback address on which nobody listens, and nobody can before it is closed:
 * it is taken, and neither a server nor a client gets its number from the kernel.
 */
public final class ClosedPort implements AutoCloseable {
  private final Socket taken = new Socket();

  private ClosedPort() {}

  /** Takes one. */
  public static ClosedPort take() throws IOException {
    ClosedPort port = new ClosedPort();
    try {
      port.taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return port;
    } catch (IOException failed) {
      port.close();
      throw failed;
    }
  }

  /** Its number. */
  public int number() {
    return taken.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    taken.close();
  }
}
