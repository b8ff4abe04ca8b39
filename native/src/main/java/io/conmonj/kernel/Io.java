package io.conmonj.kernel;

import java.nio.ByteBuffer;

/**
 * Reading and writing a descriptor. As in java.nio, a read gives -1 at the end of the stream and 0
 * when a non-blocking descriptor has nothing now, a write gives 0 when it takes nothing now. On a
 * blocking descriptor the calls wait, so the event loop makes them on non-blocking ones only.
 */
public final class Io {
  /** What a read returns at the end of the stream. */
  public static final int END = -1;

  private static final long READ = LibC.symbol("read");
  private static final long WRITE = LibC.symbol("write");

  private Io() {}

  /**
   * Reads into C memory; allocates nothing.
   *
   * @return bytes read, {@link #END}, or 0 when there is nothing now
   */
  public static int read(Fd fd, long address, int length) throws KernelException {
    if (length == 0) {
      return 0;
    }
    int number = fd.number();
    int count = LibC.retry(READ, number, address, length);
    if (count > 0) {
      return count;
    }
    if (count == 0) {
      return END;
    }
    if (LibC.errno() == Errno.EAGAIN) {
      return 0;
    }
    throw LibC.failure("read", "fd " + number);
  }

  /**
   * Writes from C memory; allocates nothing.
   *
   * @return bytes written, maybe fewer than given; 0 when nothing fits now
   * @throws KernelException EPIPE when nobody reads any more (SIGPIPE is ignored by the JVM)
   */
  public static int write(Fd fd, long address, int length) throws KernelException {
    int number = fd.number();
    int count = LibC.retry(WRITE, number, address, length);
    if (count >= 0) {
      return count;
    }
    if (LibC.errno() == Errno.EAGAIN) {
      return 0;
    }
    throw LibC.failure("write", "fd " + number);
  }

  /** Reads into a direct buffer's free space and advances its position; else as above. */
  public static int read(Fd fd, ByteBuffer direct) throws KernelException {
    int count = read(fd, addressOf(direct), direct.remaining());
    if (count > 0) {
      direct.position(direct.position() + count);
    }
    return count;
  }

  /** Writes what a direct buffer holds and advances its position; else as above. */
  public static int write(Fd fd, ByteBuffer direct) throws KernelException {
    int count = write(fd, addressOf(direct), direct.remaining());
    direct.position(direct.position() + count);
    return count;
  }

  /** Reads into an array, over a copy: for small things. */
  public static int read(Fd fd, byte[] to) throws KernelException {
    try (Memory copy = Memory.allocate(Math.max(1, to.length))) {
      int count = read(fd, copy.address(), to.length);
      if (count > 0) {
        copy.getBytes(0, to, 0, count);
      }
      return count;
    }
  }

  /** Writes an array, over a copy: for small things. */
  public static int write(Fd fd, byte[] from) throws KernelException {
    try (Memory copy = Memory.allocate(Math.max(1, from.length))) {
      copy.putBytes(0, from, 0, from.length);
      return write(fd, copy.address(), from.length);
    }
  }

  /**
   * Writes all of an array, over a copy, to what takes all in time: a file, say.
   *
   * @throws KernelException also when it takes nothing now
   */
  public static void writeAll(Fd fd, byte[] from) throws KernelException {
    try (Memory copy = Memory.allocate(Math.max(1, from.length))) {
      copy.putBytes(0, from, 0, from.length);
      int written = 0;
      while (written < from.length) {
        int count = write(fd, copy.address() + written, from.length - written);
        if (count == 0) {
          throw new KernelException(Errno.EAGAIN, "write", fd.toString());
        }
        written += count;
      }
    }
  }

  /** Where a direct buffer's content begins, from its position on. */
  static long addressOf(ByteBuffer direct) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("pass a heap buffer to the kernel: direct ones only");
    }
    return Memory.IO.getDirectBufferAddress(direct) + direct.position();
  }
}
