package io.conmonj.monitor.stdio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * What was kept of an output at one moment, handed out piece by piece in the order in which it was
 * written. Pieces share one buffer: however often the streams take turns, what waits is no more
 * than that. Loop thread only.
 */
final class Replay {
  private static final byte VERSION = 1;

  /** What stands before the bytes of {@link #toBytes}: the version, and how many they are. */
  private static final int HEAD = 1 + Integer.BYTES;

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

  /**
   * Writes output down, for {@link #of}: the version, the number of bytes, the bytes, and a bit for
   * each, from the lowest on, where any is error output.
   *
   * @param bytes from the oldest on
   * @param errors which of them are error output
   */
  static byte[] toBytes(byte[] bytes, BitSet errors) {
    byte[] marks = errors.toByteArray();
    return ByteBuffer.allocate(HEAD + bytes.length + marks.length)
        .put(VERSION)
        .putInt(bytes.length)
        .put(bytes)
        .put(marks)
        .array();
  }

  /**
   * Output that was written down. What is of another version is left out.
   *
   * @param written of {@link #toBytes}; may be empty
   */
  static Replay of(byte[] written) {
    if (written.length < HEAD || written[0] != VERSION) {
      return new Replay(Unpooled.EMPTY_BUFFER, new BitSet(0));
    }
    ByteBuffer from = ByteBuffer.wrap(written, 1, written.length - 1);
    int length = from.getInt();
    // Where there is nothing, nobody would release it.
    ByteBuf bytes =
        length == 0
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.directBuffer(length).writeBytes(written, HEAD, length);
    from.position(HEAD + length);
    return new Replay(bytes, BitSet.valueOf(from));
  }

  /**
   * Copies what has not been handed out.
   *
   * @param to gets the bytes
   * @param marks get those of them that are error output, by their places in {@code to}
   */
  void copy(ByteBuf to, BitSet marks) {
    int length = remaining();
    if (length > 0) {
      int from = bytes.readerIndex();
      int at = to.writerIndex();
      to.writeBytes(bytes, from, length);
      int run = errors.nextSetBit(from);
      while (run >= 0 && run < from + length) {
        int end = Math.min(from + length, errors.nextClearBit(run));
        marks.set(at + run - from, at + end - from);
        run = errors.nextSetBit(end);
      }
    }
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
