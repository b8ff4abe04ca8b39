package io.conmonj.it.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP server on loopback that answers what it gets, until the end of its input. */
final class EchoServer implements AutoCloseable {
  private final ServerSocket listener;

  private EchoServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Listens and serves each connection on a virtual thread. */
  static EchoServer start() throws IOException {
    EchoServer server = new EchoServer(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("echo-server").start(server::accept);
    return server;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException gone) {
      // A client that cuts its connection wants no answer.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
