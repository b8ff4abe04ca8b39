package io.conmonj.it.pod;

import io.conmonj.client.transport.Replies;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Namespace;
import io.conmonj.kernel.OpenFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP server on loopback, with a virtual thread for each connection. */
public final class LoopbackServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final byte[] FLOOD = new byte[64 * 1024];

  /** What is done with a connection, which is closed afterwards. */
  @FunctionalInterface
  public interface Service {
    /** Answers what it gets, until the end of its input. */
    Service ECHO = client -> client.getInputStream().transferTo(client.getOutputStream());

    /** Sends, and never ends. */
    Service FLOOD =
        client -> {
          while (true) {
            client.getOutputStream().write(LoopbackServer.FLOOD);
          }
        };

    /** Reads a byte and breaks the connection off with a reset. */
    Service RESET =
        client -> {
          int _ = client.getInputStream().read();
          client.setSoLinger(true, 0);
        };

    /** Serves one connection; an exception ends it. */
    void serve(Socket client) throws IOException;
  }

  private final ServerSocket listener;
  private final Service service;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LoopbackServer(ServerSocket listener, Service service) {
    this.listener = listener;
    this.service = service;
  }

  /** Listens at a free port. */
  public static LoopbackServer start(Service service) throws IOException {
    return start(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), service);
  }

  /** The same in the network namespace of a process. */
  public static LoopbackServer startBeside(long pid, Service service) throws IOException {
    return startBeside(pid, InetAddress.getLoopbackAddress(), service);
  }

  /** The same at one of the loopback addresses there. */
  public static LoopbackServer startBeside(long pid, InetAddress address, Service service)
      throws IOException {
    try (Fd network = OpenFile.forReading("/proc/" + pid + "/ns/net")) {
      return start(
          Replies.await(
              Namespace.callIn(
                  Namespace.Kind.NETWORK, network, () -> new ServerSocket(0, BACKLOG, address))),
          service);
    }
  }

  private static LoopbackServer start(ServerSocket listener, Service service) {
    LoopbackServer server = new LoopbackServer(listener, service);
    Thread.ofVirtual().name("loopback-server").start(server::accept);
    return server;
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      service.serve(client);
    } catch (IOException gone) {
      // A client that cuts its connection wants no more.
    } finally {
      open.remove(client);
    }
  }

  /** Also ends its connections. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
