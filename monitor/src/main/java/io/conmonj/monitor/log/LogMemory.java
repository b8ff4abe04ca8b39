package io.conmonj.monitor.log;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.SendReceipt;
import io.conmonj.kernel.SharedMemory;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a log outlives a worker that is killed: the chunks that the file or the journal does not
 * have yet, where it stood, and its counts. It is a memory file that the holder keeps, written with
 * plain stores in such an order that it makes sense wherever they end.
 *
 * <p>First come numbers (see the offsets here and in {@link ChunkRing}), then the {@linkplain
 * LogMarks marks}, then the ring of chunks; for the journal the beginnings of lines as well.
 */
public final class LogMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogMemory.class);

  /** Of a log that does not outlive its worker. */
  public static final LogMemory NONE = new LogMemory(LogSpec.Kind.CRI, Optional.empty(), () -> 0);

  /** The text {@code conmonjL}, and how the rest is to be read. */
  private static final long MAGIC = 0x4c6a6e6f6d6e6f63L;

  private static final long VERSION = 1;

  private static final int MAGIC_AT = 0;
  private static final int VERSION_AT = 8;

  /** Bytes of output that found no room in the ring, since the beginning. */
  private static final int UNKEPT_AT = 32;

  /** Bytes of output that were given up or lost, since the beginning. */
  private static final int LOST_AT = 40;

  private static final int LINES_AT = ChunkRing.END_AT;
  private static final int LINES_END = LINES_AT + 2 * JournalLine.LONGEST;

  private final Optional<SharedMemory> shared;
  private final Optional<ChunkRing> ring;
  private final Optional<LogMarks> marks;
  private final Optional<DroppedOutput> dropped;
  private final boolean hasLines;
  private final LongSupplier reads;

  /** How far the worker before had come. */
  private LogMark left = LogMark.NOTHING;

  // event loop only
  private long unkept;
  private long lost;
  private boolean closed;
  private boolean countsAnew;
  private LogStatistics droppedBefore = LogStatistics.ZERO;

  // written by the log-writer thread
  private volatile long settled;
  private volatile long unkeptSettled;

  private LogMemory(LogSpec.Kind kind, Optional<SharedMemory> shared, LongSupplier reads) {
    this.reads = reads;
    this.shared = shared;
    this.ring = shared.map(ChunkRing::new);
    this.marks = shared.map(LogMarks::new);
    this.dropped = shared.map(DroppedOutput::new);
    this.hasLines = shared.isPresent() && kind == LogSpec.Kind.JOURNALD;
  }

  private static int size(LogSpec.Kind kind) {
    return kind == LogSpec.Kind.JOURNALD ? LINES_END : ChunkRing.END_AT;
  }

  /**
   * Makes one; where the kernel refuses, {@link #NONE}, which is logged.
   *
   * @param reads the number of the read by which there is what is logged now
   */
  public static LogMemory create(LogSpec.Kind kind, LongSupplier reads) {
    try {
      SharedMemory memory = SharedMemory.create("conmonj-log", size(kind));
      memory.put(MAGIC_AT, MAGIC);
      memory.put(VERSION_AT, VERSION);
      return new LogMemory(kind, Optional.of(memory), reads);
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
  public static LogMemory of(LogSpec.Kind kind, Fd fd, LongSupplier reads) {
    try {
      SharedMemory memory = SharedMemory.open(fd, size(kind));
      if (memory.get(MAGIC_AT) == MAGIC && memory.get(VERSION_AT) == VERSION) {
        LogMemory kept = new LogMemory(kind, Optional.of(memory), reads);
        kept.goOn(memory);
        return kept;
      }
      memory.close();
      LOG.warn("the log memory of the worker before is of another version");
    } catch (KernelException refused) {
      LOG.warn("the log memory of the worker before cannot be used", refused);
    }
    return create(kind, reads);
  }

  private void goOn(SharedMemory memory) {
    ring.orElseThrow().goOn();
    unkept = memory.get(UNKEPT_AT);
    lost = memory.get(LOST_AT);
    marks.orElseThrow().goOn();
    left = last();
    settled = left.tail();
    unkeptSettled = left.unkept();
  }

  /** Its descriptor, to be kept for the worker after this one; empty when there is none. */
  public Optional<Fd> fd() {
    return shared.map(SharedMemory::fd);
  }

  /** What tells whether an entry was sent; empty where it does not outlive this worker. */
  Optional<SendReceipt> receipt() {
    return marks.map(LogMarks::receipt);
  }

  /** Room for the beginning of a stream's line; empty where it does not outlive this worker. */
  Optional<ByteBuffer> line(StdStream stream) {
    int at = stream == StdStream.STDOUT ? LINES_AT : LINES_AT + JournalLine.LONGEST;
    return hasLines
        ? Optional.of(shared.orElseThrow().bytes(at, JournalLine.LONGEST))
        : Optional.empty();
  }

  /** Whether a log has been written with it. */
  public boolean isBegun() {
    return marks.isPresent() && !marks.get().isEmpty();
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

  /**
   * How much of the container's output the workers before have dropped; to it is added what is
   * {@linkplain #keepDropped kept} from here on.
   *
   * @param otherwise the answer where this does not know
   */
  public LogStatistics droppedBefore(LogStatistics otherwise) {
    droppedBefore = knowsDropped() ? dropped.get().dropped() : otherwise;
    return droppedBefore;
  }

  /** Where the rate stood when the worker before was killed; as that has said it otherwise. */
  public LogPosition rate(LogPosition otherwise) {
    boolean known = !otherwise.exact() && knowsDropped();
    return known ? new LogPosition(dropped.get().rate(), true) : otherwise;
  }

  private boolean knowsDropped() {
    return dropped.isPresent() && dropped.get().isThere();
  }

  // ---- event loop ----

  /** As {@link LogDriver#keepDropped}. */
  public void keepDropped(LogStatistics byThis, byte[] rate) {
    if (dropped.isPresent() && !closed) {
      dropped.get().put(droppedBefore.plus(byThis), rate);
    }
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
    // Once one was not kept, none is until that is settled: their order would be lost.
    long end =
        unkeptSettled == unkept
            ? ring.orElseThrow().add(stream, bytes, time, read, settled)
            : Chunk.UNKEPT;
    if (end == Chunk.UNKEPT) {
      unkept(unkept + bytes.readableBytes());
    }
    return end;
  }

  private void unkept(long bytes) {
    unkept = bytes;
    shared.orElseThrow().put(UNKEPT_AT, unkept);
  }

  /**
   * Adds what the worker before has read last, unless it has done so itself; before a log goes on
   * with this.
   *
   * @param read the number of that read
   */
  public void addLeft(StdStream stream, byte[] bytes, long read) {
    if (bytes.length > 0 && isBegun() && !ring.orElseThrow().endsWith(read)) {
      long _ = add(stream, Unpooled.wrappedBuffer(bytes), CriTime.of(Instant.now()), read);
    }
  }

  /**
   * Takes back what was added last, which was not taken after all.
   *
   * @param end as {@link #add} has answered
   */
  void cut(long end, int length) {
    if (shared.isEmpty()) {
      return;
    }
    if (end == Chunk.UNKEPT) {
      unkept(unkept - length);
    } else {
      ring.orElseThrow().cut(end, length);
    }
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

  /**
   * Ends a log that cannot be opened any more: what was not settled is lost, and this is closed.
   *
   * @return how many bytes
   */
  public long giveUp() {
    long bytes = loseUnkept();
    for (Chunk each : unsettled()) {
      lose(each.length());
      bytes += each.length();
    }
    close();
    return bytes;
  }

  /** Gives memory back, if all is settled and there is more than a little of it. */
  void trim() {
    if (ring.isPresent() && !closed) {
      try {
        ring.get().trim(settled);
      } catch (KernelException refused) {
        LOG.debug("log memory not given back", refused);
      }
    }
  }

  /** Gives the room for lines back, which must be empty. */
  void discardLines() {
    if (hasLines && !closed) {
      try {
        shared.orElseThrow().discard(LINES_AT, LINES_END - LINES_AT);
      } catch (KernelException refused) {
        LOG.debug("log memory not given back", refused);
      }
    }
  }

  /** What was added and was not settled when the worker before was killed, the oldest first. */
  List<Chunk> unsettled() {
    return ring.isPresent() ? ring.get().unsettled(settled, left.left()) : List.of();
  }

  /**
   * Notes as lost what was added, found no room and was not settled when the worker was killed.
   *
   * @return how many bytes
   */
  long loseUnkept() {
    long bytes = unkept - unkeptSettled;
    if (bytes > 0) {
      lose(bytes);
      unkept(unkeptSettled);
    }
    return bytes;
  }

  // ---- log-writer thread, event loop for the journal ----

  /**
   * Notes how far the log has come.
   *
   * @throws OutOfMemoryError when there is no memory to do so; then nothing has changed
   */
  void mark(LogMark mark) {
    if (marks.isPresent()) {
      marks.get().put(mark);
      settled = mark.tail();
      unkeptSettled = mark.unkept();
    }
  }

  /** As {@link LogMarks#announce}; event loop only. */
  void announce(LogMark mark) {
    if (marks.isPresent()) {
      marks.get().announce(mark);
    }
  }

  /** As {@link LogMarks#announcedHolds}; event loop only. */
  void announcedHolds() {
    if (marks.isPresent()) {
      marks.get().announcedHolds();
    }
  }

  /** How far it had come. */
  LogMark last() {
    return isBegun() ? marks.get().last() : LogMark.NOTHING;
  }

  @Override
  public void close() {
    closed = shared.isPresent();
    shared.ifPresent(SharedMemory::close);
  }
}
