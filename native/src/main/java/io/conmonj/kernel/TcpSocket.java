package io.conmonj.kernel;

/**
 * Unconnected TCP sockets, non-blocking and close-on-exec. A socket belongs for good to the network
 * namespace of the thread that makes it (see {@link Namespace}), so one made inside can be
 * connected and used by any thread outside.
 */
public final class TcpSocket {
  // linux/socket.h; the same on x86_64 and aarch64
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private TcpSocket() {}

  /** One that can be connected to an IPv4 address. */
  public static Fd openIpv4() throws KernelException {
    return NewSocket.open(AF_INET, SocketType.STREAM.number(), "IPv4 stream");
  }

  /** One that can be connected to an IPv6 address; EAFNOSUPPORT where the machine has no IPv6. */
  public static Fd openIpv6() throws KernelException {
    return NewSocket.open(AF_INET6, SocketType.STREAM.number(), "IPv6 stream");
  }
}
