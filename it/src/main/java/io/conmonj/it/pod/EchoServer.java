package io.conmonj.it.pod;

import java.io.IOException;

/** A TCP server on loopback that answers what it gets, until the end of its input. */
public final class EchoServer implements AutoCloseable {
  private final LoopbackServer server;

  private EchoServer(LoopbackServer server) {
    this.server = server;
  }

  /** Listens and serves each connection on a virtual thread. */
  public static EchoServer start() throws IOException {
    return new EchoServer(LoopbackServer.start(LoopbackServer.Service.ECHO));
  }

  /** The same in the network namespace of a process. */
  public static EchoServer startBeside(long pid) throws IOException {
    return new EchoServer(LoopbackServer.startBeside(pid, LoopbackServer.Service.ECHO));
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
