package io.conmonj.kernel;

/**
 * Unconnected TCP sockets, non-blocking and close-on-exec. A socket belongs for good to the network
 * namespace of the thread that makes it (see {@link Namespace}), so one made inside can be
 * connected and used by any thread outside.
 */
public final class TcpSocket {
  // linux/socket.h, linux/net.h; the same on x86_64 and aarch64
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;

  private static final long SOCKET = LibC.symbol("socket");

  private TcpSocket() {}

  /** One that can be connected to an IPv4 address. */
  public static Fd openIpv4() throws KernelException {
    return open(AF_INET, "IPv4 stream");
  }

  /** One that can be connected to an IPv6 address; EAFNOSUPPORT where the machine has no IPv6. */
  public static Fd openIpv6() throws KernelException {
    return open(AF_INET6, "IPv6 stream");
  }

  private static Fd open(int family, String name) throws KernelException {
    int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    int fd = LibC.toInt(LibC.call(SOCKET, family, type, 0));
    if (fd < 0) {
      throw LibC.failure("socket", name);
    }
    return Fd.adopt(fd);
  }
}
