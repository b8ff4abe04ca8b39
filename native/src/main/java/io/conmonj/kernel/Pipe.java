package io.conmonj.kernel;

/**
 * The two ends of a pipe, each with an owner of its own; both are close-on-exec. Closing the pair
 * closes what is still open of it.
 *
 * @param readEnd what is read comes out here
 * @param writeEnd what is written goes in here
 */
public record Pipe(Fd readEnd, Fd writeEnd) implements AutoCloseable {
  // linux/fcntl.h F_LINUX_SPECIFIC_BASE + 7
  private static final int F_SETPIPE_SZ = 1031;
  private static final int INT_BYTES = 4;

  private static final long PIPE2 = LibC.symbol("pipe2");

  /**
   * Makes a pipe, both ends blocking; make the end that the event loop reads or writes non-blocking
   * with {@link Fcntl#setNonBlocking}, never the end that a child gets.
   *
   * @throws KernelException when descriptors or memory have run out
   */
  public static Pipe open() throws KernelException {
    try (Memory ends = Memory.allocate(2 * INT_BYTES)) {
      if (LibC.toInt(LibC.call(PIPE2, ends.address(), Fcntl.O_CLOEXEC)) < 0) {
        throw LibC.failure("pipe2", "");
      }
      return new Pipe(Fd.adopt(ends.getInt(0)), Fd.adopt(ends.getInt(INT_BYTES)));
    }
  }

  /**
   * Asks for room for that many bytes in the pipe of which {@code end} is one end (64 KiB unless
   * set).
   *
   * @return the capacity now, rounded up by the kernel
   * @throws KernelException EPERM above {@code /proc/sys/fs/pipe-max-size} without privilege or
   *     when the user's pipe quota is used up, EBUSY when more is already in it
   */
  public static int setCapacity(Fd end, int bytes) throws KernelException {
    return Fcntl.fcntl(end.number(), F_SETPIPE_SZ, bytes);
  }

  @Override
  public void close() {
    readEnd.close();
    writeEnd.close();
  }
}
