package io.conmonj.monitor.stdio;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;

/**
 * What was kept of an output at one moment, handed out piece by piece in the order in which it was
 * written. Pieces share one buffer: however often the streams take turns, what waits is no more
 * than that. Loop thread only.
 */
final class Replay {
  private final ByteBuf bytes;
  private final BitSet errors;

  /**
   * @param bytes from the oldest on; owned from here on
   * @param errors which of them are error output
   */
  Replay(ByteBuf bytes, BitSet errors) {
    this.bytes = bytes;
    this.errors = errors;
  }

  /** How many bytes have not been handed out. */
  int remaining() {
    return bytes.refCnt() == 0 ? 0 : bytes.readableBytes();
  }

  /** Where the next piece was written to. */
  StdStream stream() {
    return errors.get(bytes.readerIndex()) ? StdStream.STDERR : StdStream.STDOUT;
  }

  /** The next piece, all up to where the other stream has its turn; the caller releases it. */
  ByteBuf next() {
    int from = bytes.readerIndex();
    int turn = errors.get(from) ? errors.nextClearBit(from) : errors.nextSetBit(from);
    int end = turn < 0 ? bytes.writerIndex() : Math.min(turn, bytes.writerIndex());
    ByteBuf piece = bytes.readRetainedSlice(end - from);
    if (!bytes.isReadable()) {
      bytes.release();
    }
    return piece;
  }

  /** Drops what has not been handed out. */
  void release() {
    if (remaining() > 0) {
      bytes.release();
    }
  }
}
