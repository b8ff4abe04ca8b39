package io.conmonj.monitor.log;

import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.SharedMemory;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks in a {@link LogMemory}, one behind the other. Its places are counted from the first
 * chunk on and never go back; a place's remainder by the ring's size is where it is. A chunk is its
 * length, its stream, its time, its bytes and the number of the read that it came by, in multiples
 * of eight bytes. An empty ring is begun anew, so that a log of little output has little memory.
 *
 * <p>How far the log has settled them is told with each call, as a place. Event loop only.
 */
final class ChunkRing {
  /** Where the next chunk goes. */
  private static final int HEAD_AT = 16;

  /** Where the ring was begun anew: there is nothing before. */
  private static final int BASE_AT = 24;

  private static final int PAGE = 4096;
  private static final int RING_AT = PAGE;

  /**
   * A power of two, larger than what can be in flight: {@link Resumption#MOST_IN_FLIGHT} and the
   * heads of the chunks, each of which is smaller than what a backlog counts for it.
   */
  private static final int RING = 512 * 1024;

  /** Where it ends in the memory. */
  static final int END_AT = RING_AT + RING;

  private static final int CHUNK_HEAD = 2 * Long.BYTES;
  private static final int CHUNK_TAIL = Long.BYTES;

  /** Beside the length of a chunk, which is an int. */
  private static final long OF_STDERR = 1L << 32;

  private final SharedMemory memory;
  private final ByteBuffer ring;
  private long head;
  private long base;
  private int dirty;

  /** An empty one, in a memory of zeros. */
  ChunkRing(SharedMemory memory) {
    this.memory = memory;
    ring = memory.bytes(RING_AT, RING);
  }

  /** Has it be that of another worker; before anything else. */
  void goOn() {
    head = memory.get(HEAD_AT);
    base = memory.get(BASE_AT);
    dirty = RING;
  }

  /**
   * Adds a chunk.
   *
   * @param read the number of the read that it came by
   * @return where it ends; {@link Chunk#UNKEPT} where there is no room
   */
  long add(StdStream stream, ByteBuf bytes, long time, long read, long settled) {
    int length = bytes.readableBytes();
    int need = lengthOf(length);
    if (isEmpty(settled)) {
      beginAnew();
    }
    if (head - tail(settled) + need > RING) {
      return Chunk.UNKEPT;
    }
    put(head, (stream == StdStream.STDERR ? OF_STDERR : 0) | length);
    put(head + Long.BYTES, time);
    copy(bytes, head + CHUNK_HEAD);
    put(head + need - CHUNK_TAIL, read);
    moveHead(head + need);
    dirty = Math.max(dirty, (int) Math.min(RING, head - base));
    return head;
  }

  private void beginAnew() {
    if (head % RING != 0) {
      long start = head + RING - head % RING;
      // In this order: what is between the two is nothing.
      base = start;
      memory.put(BASE_AT, base);
      moveHead(start);
    }
  }

  /**
   * Takes the chunk back that was added last.
   *
   * @param end where it ends
   * @param length how many bytes it has
   */
  void cut(long end, int length) {
    moveHead(end - lengthOf(length));
  }

  private void moveHead(long place) {
    head = place;
    memory.put(HEAD_AT, head);
  }

  /** Whether the last chunk came by this read. */
  boolean endsWith(long read) {
    return head > base && get(head - CHUNK_TAIL) == read;
  }

  /**
   * Those that are not settled, the oldest first.
   *
   * @param left how many bytes of the first are not; {@link LogMark#WHOLE} where none is
   */
  List<Chunk> unsettled(long settled, long left) {
    List<Chunk> chunks = new ArrayList<>();
    long missing = left;
    for (long at = tail(settled); at < head; missing = LogMark.WHOLE) {
      long first = get(at);
      int length = (int) first;
      StdStream stream = (first & OF_STDERR) == 0 ? StdStream.STDOUT : StdStream.STDERR;
      long end = at + lengthOf(length);
      int skipped = missing == LogMark.WHOLE ? 0 : length - (int) missing;
      byte[] bytes = new byte[length];
      read(at + CHUNK_HEAD, bytes);
      ByteBuf rest = Unpooled.wrappedBuffer(bytes, skipped, length - skipped);
      chunks.add(new Chunk(stream, rest, length - skipped, get(at + Long.BYTES), end));
      at = end;
    }
    return chunks;
  }

  /** Gives memory back, if all is settled and there is more than a little of it. */
  void trim(long settled) throws KernelException {
    if (isEmpty(settled) && dirty > PAGE) {
      memory.discard(RING_AT, RING);
      dirty = 0;
    }
  }

  private boolean isEmpty(long settled) {
    return tail(settled) == head;
  }

  /** Where the first chunk is that is not settled. */
  private long tail(long settled) {
    return Math.max(settled, base);
  }

  /** Of a chunk of so many bytes. */
  private static int lengthOf(int bytes) {
    return CHUNK_HEAD + (bytes + Long.BYTES - 1 & -Long.BYTES) + CHUNK_TAIL;
  }

  private void copy(ByteBuf from, long place) {
    int at = (int) (place % RING);
    int length = from.readableBytes();
    int first = Math.min(length, RING - at);
    from.getBytes(from.readerIndex(), ring.limit(at + first).position(at));
    if (first < length) {
      from.getBytes(from.readerIndex() + first, ring.limit(length - first).position(0));
    }
    ring.clear();
  }

  private void read(long place, byte[] to) {
    int at = (int) (place % RING);
    int first = Math.min(to.length, RING - at);
    ring.get(at, to, 0, first);
    ring.get(0, to, first, to.length - first);
  }

  private void put(long place, long value) {
    memory.put(RING_AT + (int) (place % RING), value);
  }

  private long get(long place) {
    return memory.get(RING_AT + (int) (place % RING));
  }
}
