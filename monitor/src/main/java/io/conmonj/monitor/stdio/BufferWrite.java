package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Writes any kind of buffer to a descriptor; one that is not plain native memory is copied. */
final class BufferWrite {
  /** As much as a pipe takes at once (pipe(7)); copying more would be in vain. */
  private static final int MAX_COPY = 64 * 1024;

  private BufferWrite() {}

  /**
   * Writes from the buffer's readable bytes and advances its reader index.
   *
   * @return how many bytes were written, 0 when none fit now
   */
  static int write(Fd fd, ByteBuf bytes) throws KernelException {
    int count;
    if (bytes.hasMemoryAddress()) {
      count = Io.write(fd, bytes.memoryAddress() + bytes.readerIndex(), bytes.readableBytes());
    } else {
      count = writeCopy(fd, bytes);
    }
    bytes.skipBytes(count);
    return count;
  }

  private static int writeCopy(Fd fd, ByteBuf bytes) throws KernelException {
    int length = Math.min(bytes.readableBytes(), MAX_COPY);
    ByteBuf copy = Unpooled.directBuffer(length, length);
    try {
      copy.writeBytes(bytes, bytes.readerIndex(), length);
      return Io.write(fd, copy.internalNioBuffer(0, length));
    } finally {
      copy.release();
    }
  }
}
