package io.conmonj.kernel;

import java.util.Optional;

/**
 * Unix sockets with a name in the file system, of any length (see {@link SocketPath}). Every socket
 * made here is non-blocking and close-on-exec. Reading and writing is {@link Io}'s, or {@link
 * FdPassing}'s where descriptors come along. Any thread.
 */
public final class UnixSocket {
  // linux/socket.h, linux/net.h
  private static final int AF_UNIX = 1;

  /** As many as the kernel allows: it cuts this down to net.core.somaxconn. */
  private static final int BACKLOG = 4096;

  /** A socket file's owner may connect, nobody else. */
  private static final int OWNER_ONLY = 0600;

  // struct sockaddr_un of linux/un.h
  private static final int SOCKADDR_BYTES = 110;
  private static final int SUN_FAMILY = 0;
  private static final int SUN_PATH = 2;

  private static final long FCHMOD = LibC.symbol("fchmod");
  private static final long BIND = LibC.symbol("bind");
  private static final long LISTEN = LibC.symbol("listen");
  private static final long ACCEPT4 = LibC.symbol("accept4");
  private static final long CONNECT = LibC.symbol("connect");

  private UnixSocket() {}

  /**
   * Makes a socket file, open to its owner only from its first moment on, and listens on it.
   * Removing the file afterwards is the caller's.
   *
   * @throws KernelException EADDRINUSE when something of that name is there, whoever owns it
   */
  public static Fd listen(SocketType type, String path) throws KernelException {
    Fd socket = open(type);
    try (SocketPath name = SocketPath.of(path)) {
      // On Linux the file gets the mode of the unbound socket, less the umask. Narrowing the umask
      // instead would do so for every thread of the process.
      check(LibC.call(FCHMOD, socket.number(), OWNER_ONLY), "fchmod socket", path);
      check(withAddress(BIND, socket, name), "bind", path);
      check(LibC.call(LISTEN, socket.number(), BACKLOG), "listen on", path);
      return socket;
    } catch (KernelException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Takes the next waiting connection.
   *
   * @return empty when there is none now
   * @throws KernelException EMFILE or ENFILE when descriptors have run out: the connection keeps
   *     waiting and the listener stays readable, so stop watching it for a while
   */
  public static Optional<Fd> accept(Fd listener) throws KernelException {
    long noAddress = 0;
    int fd = LibC.retry(ACCEPT4, listener.number(), noAddress, noAddress, NewSocket.FLAGS);
    if (fd >= 0) {
      return Optional.of(Fd.adopt(fd));
    }
    if (LibC.errno() == Errno.EAGAIN || LibC.errno() == Errno.ECONNABORTED) {
      return Optional.empty();
    }
    throw LibC.failure("accept on", listener.toString());
  }

  /**
   * Connects without waiting: on a unix socket that succeeds or fails at once.
   *
   * @throws KernelException ENOENT when there is no such file, ECONNREFUSED when nobody listens any
   *     more, EPROTOTYPE when it is of another type, EAGAIN when too many wait to be accepted
   */
  public static Fd connect(SocketType type, String path) throws KernelException {
    Fd socket = open(type);
    try (SocketPath name = SocketPath.of(path)) {
      check(withAddress(CONNECT, socket, name), "connect to", path);
      return socket;
    } catch (KernelException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Whether somebody listens on this name, as opposed to a file that was left behind or none at
   * all. The listener sees a connection that is closed at once.
   *
   * @throws KernelException when that cannot be found out, as with EACCES
   */
  public static boolean isLive(String path) throws KernelException {
    try {
      connect(SocketType.STREAM, path).close();
      return true;
    } catch (KernelException e) {
      return switch (e.errno()) {
        case Errno.ENOENT, Errno.ENOTDIR, Errno.ECONNREFUSED -> false;
        // A live socket of another type (a dead one gives ECONNREFUSED before its type is looked
        // at), or one with a full queue.
        case Errno.EPROTOTYPE, Errno.EAGAIN -> true;
        default -> throw e;
      };
    }
  }

  private static Fd open(SocketType type) throws KernelException {
    return NewSocket.open(AF_UNIX, type.number(), type.name());
  }

  private static int withAddress(long function, Fd socket, SocketPath name) {
    byte[] path = Memory.cString(name.address());
    try (Memory address = Memory.allocate(SOCKADDR_BYTES)) {
      address.putShort(SUN_FAMILY, (short) AF_UNIX);
      address.putBytes(SUN_PATH, path, 0, path.length);
      int lengthWithNul = SUN_PATH + path.length + 1;
      return LibC.retry(function, socket.number(), address.address(), lengthWithNul);
    }
  }

  private static void check(long result, String call, String argument) throws KernelException {
    if (LibC.toInt(result) < 0) {
      throw LibC.failure(call, argument);
    }
  }
}
