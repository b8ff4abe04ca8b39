package io.conmonj.streaming.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server for forwarded connections, with a thread for each. */
final class Target implements AutoCloseable {
  /** What to do with a connection; it is closed afterwards. */
  interface Behaviour {
    void serve(Socket socket) throws Exception;
  }

  private static final Socket UNUSED = taken();

  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  Target(Behaviour behaviour) throws IOException {
    this("127.0.0.1", behaviour);
  }

  Target(String address, Behaviour behaviour) throws IOException {
    listener = new ServerSocket(0, 4096, InetAddress.getByName(address));
    Thread.ofPlatform().daemon().start(() -> accept(behaviour));
  }

  /** Sends back what it gets, and the end too. */
  static Target echo() throws IOException {
    return new Target(Target::copy);
  }

  static void copy(Socket socket) throws IOException {
    socket.getInputStream().transferTo(socket.getOutputStream());
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many are connected. */
  int connections() {
    return sockets.size();
  }

  /** A port on which nothing listens, nor will: it is taken, and no other target's. */
  static int unusedPort() {
    return UNUSED.getLocalPort();
  }

  private static Socket taken() {
    try {
      Socket taken = new Socket();
      taken.bind(new InetSocketAddress(0));
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Behaviour behaviour) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(behaviour, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Behaviour behaviour, Socket socket) {
    try (socket) {
      behaviour.serve(socket);
    } catch (Exception brokenOff) {
      // Tests look at the client's side.
    } finally {
      sockets.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
