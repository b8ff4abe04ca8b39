package io.conmonj.kernel;

/** socket(2): every socket of this module is made non-blocking and close-on-exec. */
final class NewSocket {
  // linux/net.h; the same on x86_64 and aarch64
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;

  /** To be added to a socket's type. */
  static final int FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC;

  private static final long SOCKET = LibC.symbol("socket");

  private NewSocket() {}

  /**
   * {@code family} and {@code type} as of linux/socket.h and linux/net.h; {@code name} for errors.
   */
  static Fd open(int family, int type, String name) throws KernelException {
    int defaultProtocol = 0;
    int fd = LibC.toInt(LibC.call(SOCKET, family, type | FLAGS, defaultProtocol));
    if (fd < 0) {
      throw LibC.failure("socket", name);
    }
    return Fd.adopt(fd);
  }
}
