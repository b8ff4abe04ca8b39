package io.conmonj.monitor.container;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** For tests: a server that sends back what it gets, to one client after the other. */
final class Echo implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

  Echo() throws IOException {
    Thread.ofPlatform().name("echo").daemon().start(this::serve);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        client.getInputStream().transferTo(client.getOutputStream());
      } catch (IOException gone) {
        // The next one, if this was not the end.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
