package io.conmonj.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** Listening on 127.0.0.1, and connecting to it by system call. */
final class Loopback {
  /** asm-generic/errno.h: a connection that is being made. */
  static final int EINPROGRESS = 115;

  static final int ENETUNREACH = 101;

  private static final int AF_INET = 2;
  private static final int SOCKADDR_IN_BYTES = 16;
  private static final int SIN_PORT = 2;
  private static final int SIN_ADDR = 4;

  private static final long CONNECT = LibC.symbol("connect");

  private Loopback() {}

  /** Listens on a port of the kernel's choice. */
  static ServerSocketChannel listen() throws IOException {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return ServerSocketChannel.open().bind(new InetSocketAddress(address, 0));
  }

  static int port(ServerSocketChannel server) throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /** Starts a connection; gives 0 or the error number. */
  static int connect(Fd socket, int port) {
    try (Memory address = Memory.allocate(SOCKADDR_IN_BYTES)) {
      address.putShort(0, (short) AF_INET);
      address.putShort(SIN_PORT, Short.reverseBytes((short) port));
      address.putBytes(SIN_ADDR, new byte[] {127, 0, 0, 1}, 0, 4);
      long result = LibC.call(CONNECT, socket.number(), address.address(), SOCKADDR_IN_BYTES);
      return LibC.toInt(result) == 0 ? 0 : LibC.errno();
    }
  }
}
