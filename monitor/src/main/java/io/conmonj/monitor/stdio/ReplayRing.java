package io.conmonj.monitor.stdio;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The latest bytes of an output, at most so many, for those who start to follow it later. They are
 * copied: a share of what was read would hold on to the whole buffer that it was read into. What is
 * kept takes a byte for each, and a bit once there was error output; nothing before there was any.
 * Loop thread only.
 */
final class ReplayRing {
  /** Bytes for the first output; doubled when more comes, up to the capacity. */
  private static final int FIRST_SIZE = 512;

  private static final byte[] NOTHING = {};

  /** How much may be kept: what was asked for, or what there was memory for. */
  private int capacity;

  private final MemoryAccount memory;
  private byte[] bytes = NOTHING;

  /** Which of the bytes, by their places in the ring, are error output. */
  private final BitSet errors = new BitSet(0);

  /** Where the next byte goes; the oldest one is there too when the ring is full. */
  private int next;

  private int held;

  ReplayRing(int capacity, MemoryAccount memory) {
    this.capacity = capacity;
    this.memory = memory;
  }

  /** Keeps the bytes, as many as there is room for, in the place of the oldest. */
  void add(StdStream stream, ByteBuf more) {
    makeRoom(Math.min(more.readableBytes(), capacity));
    int length = Math.min(more.readableBytes(), capacity);
    int from = more.writerIndex() - length;
    while (length > 0) {
      int piece = Math.min(length, bytes.length - next);
      more.getBytes(from, bytes, next, piece);
      errors.set(next, next + piece, stream == StdStream.STDERR);
      next = (next + piece) % bytes.length;
      held = Math.min(held + piece, bytes.length);
      from += piece;
      length -= piece;
    }
  }

  /** Before it has its full size nothing is overwritten, so what is held begins at 0. */
  private void makeRoom(int length) {
    long needed = (long) held + length;
    if (needed > bytes.length && bytes.length < capacity) {
      long size = Math.max(FIRST_SIZE, Math.max(needed, 2L * bytes.length));
      int wanted = (int) Math.min(size, capacity);
      if (!memory.tryHold(wanted - bytes.length)) {
        capacity = bytes.length;
        return;
      }
      bytes = grown(wanted);
      next = held % bytes.length;
    }
  }

  private byte[] grown(int size) {
    try {
      return Arrays.copyOf(bytes, size);
    } catch (OutOfMemoryError tight) {
      memory.free(size - bytes.length);
      throw tight;
    }
  }

  /**
   * A copy of what is kept now.
   *
   * @param maxBytes how much of it, the latest
   */
  Replay latest(int maxBytes) {
    int length = Math.min(held, maxBytes);
    int from = start(length);
    int piece = Math.min(length, bytes.length - from);
    ByteBuf copy = Unpooled.directBuffer(length, length);
    copy.writeBytes(bytes, from, piece).writeBytes(bytes, 0, length - piece);
    return new Replay(copy, marks(from, piece, length - piece));
  }

  /** All that is kept now, for {@link #goOn} of another. */
  byte[] toBytes() {
    int from = start(held);
    int piece = Math.min(held, bytes.length - from);
    byte[] all = new byte[held];
    System.arraycopy(bytes, from, all, 0, piece);
    System.arraycopy(bytes, 0, all, piece, held - piece);
    return Replay.toBytes(all, marks(from, piece, held - piece));
  }

  /** Where the latest bytes begin, so many of them. */
  private int start(int length) {
    int start = next - length;
    return start < 0 ? start + bytes.length : start;
  }

  /**
   * Which of some bytes are error output. It goes from run to run: an upgrade has all containers
   * wait for it.
   *
   * @param piece how many they are from there on, before those at the beginning of the ring
   * @param rest how many those are
   */
  private BitSet marks(int from, int piece, int rest) {
    BitSet marks = errors.get(from, from + piece);
    int run = errors.nextSetBit(0);
    while (run >= 0 && run < rest) {
      int end = Math.min(rest, errors.nextClearBit(run));
      marks.set(piece + run, piece + end);
      run = errors.nextSetBit(end);
    }
    return marks;
  }

  /**
   * Keeps what another has kept, as if it had come here; before anything comes. What is of another
   * version is left out.
   *
   * @param kept of {@link #toBytes}; may be empty
   */
  void goOn(byte[] kept) {
    Replay before = Replay.of(kept);
    while (before.remaining() > 0) {
      StdStream stream = before.stream();
      ByteBuf piece = before.next();
      try {
        add(stream, piece);
      } finally {
        piece.release();
      }
    }
  }

  /** Keeps nothing of what was. */
  void clear() {
    memory.free(bytes.length);
    bytes = NOTHING;
    errors.clear();
    next = 0;
    held = 0;
  }
}
