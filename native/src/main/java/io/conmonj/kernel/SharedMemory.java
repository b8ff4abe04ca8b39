package io.conmonj.kernel;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * Memory in a {@linkplain MemoryFile memory file}, mapped here: whoever has its descriptor finds
 * what was written, also when this process has been killed meanwhile. What is written is there in
 * the order in which it was, up to wherever the end came. Offsets are in bytes from its start.
 * Methods may be called by any thread, but for {@link #close}, after which none must be.
 */
public final class SharedMemory implements AutoCloseable {
  // asm-generic/mman-common.h
  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int MAP_SHARED = 1;
  private static final long MAP_FAILED = -1;

  // linux/falloc.h: FALLOC_FL_KEEP_SIZE, FALLOC_FL_PUNCH_HOLE
  private static final int PUNCH_HOLE = 1 | 2;

  // linux/fs.h
  private static final int SEEK_END = 2;

  private static final long FALLOCATE = LibC.symbol("fallocate");
  private static final long FTRUNCATE = LibC.symbol("ftruncate");
  private static final long LSEEK = LibC.symbol("lseek");
  private static final long MMAP = LibC.symbol("mmap");
  private static final long MUNMAP = LibC.symbol("munmap");

  private final Fd fd;
  private final long address;
  private final int size;
  private volatile boolean closed;

  private SharedMemory(Fd fd, long address, int size) {
    this.fd = fd;
    this.address = address;
    this.size = size;
  }

  /**
   * Makes some, all zeros. A page of it takes memory from the first write to it on.
   *
   * @param label shown in /proc for whoever looks; need not be unique
   */
  public static SharedMemory create(String label, int size) throws KernelException {
    Fd fd = MemoryFile.create(label);
    if (LibC.toInt(LibC.call(FTRUNCATE, fd.number(), size)) < 0) {
      KernelException refused = LibC.failure("ftruncate", label);
      fd.close();
      throw refused;
    }
    return map(fd, size);
  }

  /**
   * Maps what another process has made.
   *
   * @param fd ownership passes, also when this fails
   * @throws KernelException EINVAL where it is smaller than that
   */
  public static SharedMemory open(Fd fd, int size) throws KernelException {
    if (LibC.call(LSEEK, fd.number(), 0, SEEK_END) < size) {
      fd.close();
      throw new KernelException(Errno.EINVAL, "mmap", "a memory file that is cut");
    }
    return map(fd, size);
  }

  private static SharedMemory map(Fd fd, int size) throws KernelException {
    long address = LibC.call(MMAP, 0, size, PROT_READ_WRITE, MAP_SHARED, fd.number(), 0);
    if (address == MAP_FAILED) {
      KernelException refused = LibC.failure("mmap", fd.toString());
      fd.close();
      throw refused;
    }
    return new SharedMemory(fd, address, size);
  }

  /** Its descriptor; it stays this object's. */
  public Fd fd() {
    return fd;
  }

  /** A number in it. */
  public long get(int offset) {
    return Memory.IO.getLong(address + checked(offset, Long.BYTES));
  }

  /** Writes a number, after all that this thread has written before. */
  public void put(int offset, long value) {
    VarHandle.releaseFence();
    Memory.IO.putLong(address + checked(offset, Long.BYTES), value);
  }

  /**
   * A part of it, to read and write by; not to be used once this is closed.
   *
   * @param length in bytes
   */
  public ByteBuffer bytes(int offset, int length) {
    return Memory.IO.newDirectByteBuffer(address + checked(offset, length), length);
  }

  /**
   * Has the kernel read into a part of it.
   *
   * @return as {@link Io#read(Fd, long, int)}
   */
  public int read(Fd from, int offset, int length) throws KernelException {
    return Io.read(from, address + checked(offset, length), length);
  }

  /** Writes zeros. */
  public void clear(int offset, int length) {
    VarHandle.releaseFence();
    Memory.IO.setMemory(address + checked(offset, length), length, (byte) 0);
  }

  /** Gives pages back to the system that lie wholly in a part; they read as zeros then. */
  public void discard(int offset, int length) throws KernelException {
    int from = checked(offset, length);
    if (LibC.retry(FALLOCATE, fd.number(), PUNCH_HOLE, from, length) < 0) {
      throw LibC.failure("fallocate", fd.toString());
    }
  }

  /** Where a part of it is. */
  long address(int offset, int length) {
    return address + checked(offset, length);
  }

  private int checked(int offset, int length) {
    if (closed) {
      throw new IllegalStateException("shared memory that is closed");
    }
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(offset + " and " + length + " bytes of " + size);
    }
    return offset;
  }

  /** Unmaps it here and closes the descriptor; does nothing a second time. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      LibC.call(MUNMAP, address, size);
      fd.close();
    }
  }
}
