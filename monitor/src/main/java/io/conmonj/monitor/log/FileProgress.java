package io.conmonj.monitor.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a log in a file has come: which chunks are in records, and which records the file has.
 * The worker after this one learns it from the {@linkplain LogMark marks} in the log's memory. One
 * log-writer thread at a time, but for the methods that say so.
 */
final class FileProgress {
  private final RecordFormat format;
  private final LogFile file;
  private final LogMemory memory;
  private final ChunkProgress chunks;

  /** Bytes that files have got since the last mark, or had before. */
  private long unmarked;

  /** Bytes of the records to come that the file has already, from the worker before. */
  private long alreadyThere;

  private long lines;
  private boolean begun;

  // any thread
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong linesWritten = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong rotations = new AtomicLong();
  private volatile FilePosition position;

  /** Begins where a resumption says, with the counts of the worker before. */
  FileProgress(RecordFormat format, LogFile file, LogMemory memory, Resumption resumption) {
    this.format = format;
    this.file = file;
    this.memory = memory;
    begun = resumption.begun();
    alreadyThere = resumption.alreadyThere();
    LogMark last = memory.last();
    chunks = new ChunkProgress(last);
    lines = last.counts().linesWritten();
    linesWritten.set(lines);
    bytesWritten.set(last.counts().bytesWritten());
    errors.set(last.counts().writeErrors());
    rotations.set(last.counts().rotations());
    tell();
    if (!memory.isBegun()) {
      Chunk none = null;
      mark(none);
    } else if (!last.position().isIn(file)) {
      remark(); // before anything is written to that
    }
  }

  // ---- any thread ----

  /**
   * Where it stands: exactly, when all that was handed over is with the kernel; else where it stood
   * some writes ago.
   */
  FilePosition position() {
    return position;
  }

  LogStatistics statistics(long bytesLost) {
    return new LogStatistics(
        bytesWritten.get(), errors.get(), rotations.get(), bytesLost, linesWritten.get());
  }

  // ---- log-writer thread ----

  /** Whether the next record may continue an unfinished line. */
  boolean isBegun() {
    return begun;
  }

  /** Lines that were there before are finished. */
  void begin() {
    begun = true;
  }

  /** A line ends with the record that was made last. */
  void lineEnds() {
    lines++;
  }

  /** A chunk is wholly in records. */
  void took(Chunk chunk) {
    chunks.took(chunk);
  }

  /**
   * Whether the file has the next record already, from the worker before.
   *
   * @param record its length
   */
  boolean hasAlready(int record) {
    return alreadyThere >= record;
  }

  /**
   * Counts the next record, if the file has it already.
   *
   * @param record its length
   * @return false where it is to be written, and so are all that follow
   */
  boolean leavesOut(int record) {
    boolean there = hasAlready(record);
    if (there) {
      wrote(record);
      alreadyThere -= record;
    } else {
      alreadyThere = 0;
    }
    return there;
  }

  /** The file has got so many bytes; fewer than none where some were taken back. */
  void wrote(int bytes) {
    unmarked += bytes;
    bytesWritten.addAndGet(bytes);
  }

  /**
   * The file has got all records.
   *
   * @param next what is to be logged next; null for nothing
   */
  void settle(Chunk next) {
    unmarked = 0;
    linesWritten.set(lines);
    tell();
    mark(next);
  }

  private void tell() {
    position = new FilePosition(file.place(), file.inode(), file.size(), begun, format.standing());
  }

  /** Has the worker after this one know what the file has got. */
  private void mark(Chunk next) {
    int left = next == null ? 0 : next.bytes().readableBytes();
    FilePosition marked = position.in(file, file.size() - alreadyThere);
    memory.mark(chunks.mark(next, left, marked, statistics(0)));
  }

  /**
   * The file was replaced by a new one, because it was full.
   *
   * @param next as in {@link #settle}
   */
  void rotated(Chunk next) {
    position = position.in(file, file.size());
    mark(next);
    rotations.incrementAndGet();
  }

  /** The same has been written as before, and goes on in another file. */
  void reopened() {
    position = position.in(file, file.size());
    remark();
  }

  private void remark() {
    LogMark last = memory.last();
    long before = file.size() - unmarked - alreadyThere;
    memory.mark(last.at(last.position().in(file, before)));
  }

  /** An attempt to write, reopen or rotate has failed. */
  void failed() {
    errors.incrementAndGet();
  }
}
