package io.conmonj.kernel;

/**
 * Two unix sockets connected to each other, each with an owner of its own; non-blocking and
 * close-on-exec.
 *
 * @param one either end
 * @param other the end that gets what is sent to {@code one}
 */
public record SocketPair(Fd one, Fd other) implements AutoCloseable {
  // linux/socket.h
  private static final int AF_UNIX = 1;
  private static final int INT_BYTES = 4;

  private static final long SOCKETPAIR = LibC.symbol("socketpair");

  /** Makes them. */
  public static SocketPair open(SocketType type) throws KernelException {
    try (Memory ends = Memory.allocate(2 * INT_BYTES)) {
      int typeAndFlags = type.number() | NewSocket.FLAGS;
      if (LibC.toInt(LibC.call(SOCKETPAIR, AF_UNIX, typeAndFlags, 0, ends.address())) < 0) {
        throw LibC.failure("socketpair", "");
      }
      return new SocketPair(Fd.adopt(ends.getInt(0)), Fd.adopt(ends.getInt(INT_BYTES)));
    }
  }

  @Override
  public void close() {
    one.close();
    other.close();
  }
}
