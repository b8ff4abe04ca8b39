package io.conmonj.it.clients;

import io.conmonj.client.Replies;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Namespace;
import io.conmonj.kernel.OpenFile;
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
    return serve(listen());
  }

  /** The same in the network namespace of a process. */
  static EchoServer startBeside(long pid) throws IOException {
    try (Fd network = OpenFile.forReading("/proc/" + pid + "/ns/net")) {
      return serve(
          Replies.await(Namespace.callIn(Namespace.Kind.NETWORK, network, EchoServer::listen)));
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
  }

  private static EchoServer serve(ServerSocket listener) {
    EchoServer server = new EchoServer(listener);
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
