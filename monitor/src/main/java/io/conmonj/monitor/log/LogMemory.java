package io.conmonj.monitor.log;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.SharedMemory;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a log in a file outlives a worker that is killed: the chunks that the file does not have
 * yet, where it stood, and its counts. It is a memory file that the holder keeps, written with
 * plain stores in such an order that it makes sense wherever they end.
 *
 * <p>First come numbers (see the offsets below), then two {@link LogMark}s of which one holds, then
 * a ring of chunks. Its places are counted from the first chunk on and never go back; a place's
 * remainder by the ring's size is where it is. A chunk is its length, its stream, its time, its
 * bytes and the number of the read that it came by, in multiples of eight bytes. An empty ring is
 * begun anew, so that a log of little output has little memory.
 */
public final class LogMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogMemory.class);

  /** Of a log that does not outlive its worker. */
  public static final LogMemory NONE = new LogMemory(Optional.empty(), () -> 0);

  /** The text {@code conmonjL}, and how the rest is to be read. */
  private static final long MAGIC = 0x4c6a6e6f6d6e6f63L;

  private static final long VERSION = 1;

  private static final int MAGIC_AT = 0;
  private static final int VERSION_AT = 8;

  /** Where the next chunk goes. */
  private static final int HEAD_AT = 16;

  /** Where the ring was begun anew: there is nothing before. */
  private static final int BASE_AT = 24;

  /** Bytes of output that found no room in the ring, since the beginning. */
  private static final int UNKEPT_AT = 32;

  /** Bytes of output that were given up or lost, since the beginning. */
  private static final int LOST_AT = 40;

  /** How many marks have been made; the last is in the first half for even ones. */
  private static final int MARKS_AT = 48;

  private static final int FIRST_MARK_AT = 256;
  private static final int PAGE = 4096;
  private static final int RING_AT = PAGE;

  /**
   * A power of two, larger than what can be in flight: {@link Resumption#MOST_IN_FLIGHT} and the
   * heads of the chunks, each of which is smaller than what a backlog counts for it.
   */
  private static final int RING = 512 * 1024;

  private static final int SIZE = RING_AT + RING;

  private static final int CHUNK_HEAD = 2 * Long.BYTES;
  private static final int CHUNK_TAIL = Long.BYTES;

  /** Beside the length of a chunk, which is an int. */
  private static final long OF_STDERR = 1L << 32;

  private final Optional<SharedMemory> shared;
  private final ByteBuffer ring;
  private final LongSupplier reads;

  /** How far the worker before had come. */
  private LogMark left = LogMark.NOTHING;

  // event loop only
  private long head;
  private long base;
  private int dirty;
  private long unkept;
  private long lost;
  private boolean closed;
  private boolean countsAnew;

  // log-writer thread only
  private long marks;

  // written by the log-writer thread
  private volatile long settled;
  private volatile long unkeptSettled;

  private LogMemory(Optional<SharedMemory> shared, LongSupplier reads) {
    this.reads = reads;
    this.shared = shared;
    this.ring = shared.isPresent() ? shared.get().bytes(RING_AT, RING) : ByteBuffer.allocate(0);
  }

  /**
   * Makes one; where the kernel refuses, {@link #NONE}, which is logged.
   *
   * @param reads the number of the read by which there is what is logged now
   */
  public static LogMemory create(LongSupplier reads) {
    try {
      SharedMemory memory = SharedMemory.create("conmonj-log", SIZE);
      memory.put(MAGIC_AT, MAGIC);
      memory.put(VERSION_AT, VERSION);
      return new LogMemory(Optional.of(memory), reads);
    } catch (KernelException refused) {
      LOG.warn("what is not yet in a log would be lost with this worker", refused);
      return NONE;
    }
  }

  /**
   * That of another worker; where it is none that can be used, a new one, which is logged.
   *
   * @param fd ownership passes
   */
  public static LogMemory of(Fd fd, LongSupplier reads) {
    try {
      SharedMemory memory = SharedMemory.open(fd, SIZE);
      if (memory.get(MAGIC_AT) == MAGIC && memory.get(VERSION_AT) == VERSION) {
        LogMemory kept = new LogMemory(Optional.of(memory), reads);
        kept.goOn(memory);
        return kept;
      }
      memory.close();
      LOG.warn("the log memory of the worker before is of another version");
    } catch (KernelException refused) {
      LOG.warn("the log memory of the worker before cannot be used", refused);
    }
    return create(reads);
  }

  private void goOn(SharedMemory memory) {
    head = memory.get(HEAD_AT);
    dirty = RING;
    unkept = memory.get(UNKEPT_AT);
    lost = memory.get(LOST_AT);
    marks = memory.get(MARKS_AT);
    base = memory.get(BASE_AT);
    left = last();
    settled = left.tail();
    unkeptSettled = left.unkept();
  }

  /** Its descriptor, to be kept for the worker after this one; empty when there is none. */
  public Optional<Fd> fd() {
    return shared.map(SharedMemory::fd);
  }

  /** Whether a log has been written with it. */
  public boolean isBegun() {
    return marks > 0;
  }

  /** Has a log that goes on with it count from 0, for one whose counts so far are added to it. */
  public void countAnew() {
    countsAnew = shared.isPresent();
  }

  /** What a log that goes on with it counts from. */
  LogStatistics countedElsewhere() {
    return countsAnew ? left.counts().withLost(lost) : LogStatistics.ZERO;
  }

  /** What a log that goes on with it has counted before it does. */
  public LogStatistics counts() {
    return left.counts().withLost(lost).since(countedElsewhere());
  }

  // ---- event loop ----

  /** Where the next chunk will be. */
  long head() {
    return head;
  }

  /**
   * Notes a chunk that is to be logged.
   *
   * @return where it ends; {@link Chunk#UNKEPT} where there is no room, and it is counted only
   */
  long add(StdStream stream, ByteBuf bytes, long time) {
    return add(stream, bytes, time, reads.getAsLong());
  }

  private long add(StdStream stream, ByteBuf bytes, long time, long read) {
    if (shared.isEmpty()) {
      return Chunk.UNKEPT;
    }
    SharedMemory memory = shared.get();
    int length = bytes.readableBytes();
    int need = CHUNK_HEAD + padded(length) + CHUNK_TAIL;
    if (tail() == head && unkeptSettled == unkept) {
      beginAnew(memory);
    }
    // Once one was not kept, none is until that is settled: their order would be lost.
    if (unkeptSettled != unkept || head - tail() + need > RING) {
      unkept += length;
      memory.put(UNKEPT_AT, unkept);
      return Chunk.UNKEPT;
    }
    put(head, (stream == StdStream.STDERR ? OF_STDERR : 0) | length);
    put(head + Long.BYTES, time);
    copy(bytes, head + CHUNK_HEAD);
    put(head + need - CHUNK_TAIL, read);
    head += need;
    dirty = Math.max(dirty, (int) Math.min(RING, head - base));
    memory.put(HEAD_AT, head);
    return head;
  }

  /**
   * Adds what the worker before has read last, unless it has done so itself; before a log goes on
   * with this.
   *
   * @param read the number of that read
   */
  public void addLeft(StdStream stream, byte[] bytes, long read) {
    boolean there = head > base && get(head - CHUNK_TAIL) == read;
    if (bytes.length > 0 && isBegun() && !there) {
      long _ = add(stream, Unpooled.wrappedBuffer(bytes), CriTime.of(Instant.now()), read);
    }
  }

  /** Takes back what was added last, which was not taken after all. */
  void cutTo(long before, long end, int length) {
    if (shared.isEmpty()) {
      return;
    }
    if (end == Chunk.UNKEPT) {
      unkept -= length;
      shared.get().put(UNKEPT_AT, unkept);
    } else {
      head = Math.max(before, base);
      shared.get().put(HEAD_AT, head);
    }
  }

  private void beginAnew(SharedMemory memory) {
    if (head % RING != 0) {
      head += RING - head % RING;
      // In this order: what is between the two is nothing.
      base = head;
      memory.put(BASE_AT, base);
      memory.put(HEAD_AT, head);
    }
  }

  /** Where the first chunk is that is not settled. */
  private long tail() {
    return Math.max(settled, base);
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

  private void put(long place, long value) {
    shared.orElseThrow().put(RING_AT + (int) (place % RING), value);
  }

  private long get(long place) {
    return shared.orElseThrow().get(RING_AT + (int) (place % RING));
  }

  private static int padded(int length) {
    return length + Long.BYTES - 1 & -Long.BYTES;
  }

  /** Bytes of output that were given up or lost, since the beginning. */
  long lost() {
    return lost;
  }

  /** Notes that so many more were given up. */
  void lose(long bytes) {
    if (shared.isPresent()) {
      lost += bytes;
      shared.get().put(LOST_AT, lost);
    }
  }

  /** Gives memory back, if all is settled and there is more than a little of it. */
  void trim() {
    if (shared.isPresent() && !closed && tail() == head && dirty > PAGE) {
      try {
        shared.get().discard(RING_AT, RING);
        dirty = 0;
      } catch (KernelException refused) {
        LOG.debug("log memory not given back", refused);
      }
    }
  }

  /** What was added and was not settled when the worker before was killed, the oldest first. */
  List<Chunk> unsettled() {
    List<Chunk> chunks = new ArrayList<>();
    long missing = left.left();
    for (long at = tail(); at < head; missing = LogMark.WHOLE) {
      long first = get(at);
      int length = (int) first;
      StdStream stream = (first & OF_STDERR) == 0 ? StdStream.STDOUT : StdStream.STDERR;
      long end = at + CHUNK_HEAD + padded(length) + CHUNK_TAIL;
      int skipped = missing == LogMark.WHOLE ? 0 : length - (int) missing;
      byte[] bytes = new byte[length];
      read(at + CHUNK_HEAD, bytes);
      ByteBuf rest = Unpooled.wrappedBuffer(bytes, skipped, length - skipped);
      chunks.add(new Chunk(stream, rest, length - skipped, get(at + Long.BYTES), end));
      at = end;
    }
    return chunks;
  }

  private void read(long place, byte[] to) {
    int at = (int) (place % RING);
    int first = Math.min(to.length, RING - at);
    ring.get(at, to, 0, first);
    ring.get(0, to, first, to.length - first);
  }

  /** Bytes that were added, found no room and were not settled when the worker was killed. */
  long unkeptUnsettled() {
    return unkept - unkeptSettled;
  }

  /** What was not kept of that is lost. */
  void forgetUnkept() {
    unkept = unkeptSettled;
    if (shared.isPresent()) {
      shared.get().put(UNKEPT_AT, unkept);
    }
  }

  // ---- log-writer thread ----

  /** Notes how far the log has come. */
  void mark(LogMark mark) {
    if (shared.isEmpty()) {
      return;
    }
    SharedMemory memory = shared.get();
    marks++;
    mark.writeTo(memory, markAt(marks));
    memory.put(MARKS_AT, marks);
    settled = mark.tail();
    unkeptSettled = mark.unkept();
  }

  /** How far it had come. */
  LogMark last() {
    return shared.isEmpty() || marks == 0
        ? LogMark.NOTHING
        : LogMark.of(shared.get(), markAt(marks));
  }

  private static int markAt(long number) {
    return FIRST_MARK_AT + (int) (number & 1) * LogMark.LENGTH;
  }

  @Override
  public void close() {
    closed = shared.isPresent();
    shared.ifPresent(SharedMemory::close);
  }
}
