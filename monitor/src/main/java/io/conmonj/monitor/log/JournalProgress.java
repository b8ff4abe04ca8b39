package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;

/**
 * How far a log in the journal has come: which chunks are in entries that the journal has, and what
 * there is of lines that are not finished. The worker after this one learns it from the {@linkplain
 * LogMark marks} in the log's memory. That of an entry is there before it is sent, and holds if it
 * is: no entry is missing or there twice, wherever a kill comes. Event loop only.
 */
final class JournalProgress {
  private final LogMemory memory;
  private final JournalLines lines;
  private final ChunkProgress chunks;
  private long bytesWritten;
  private long linesWritten;
  private long errors;

  // when the entry is sent that is announced
  private long bytesThen;
  private long linesThen;

  /** Begins with the counts of the worker before, and with the lines as they are. */
  JournalProgress(LogMemory memory, JournalLines lines) {
    this.memory = memory;
    this.lines = lines;
    LogMark last = memory.last();
    chunks = new ChunkProgress(last);
    bytesWritten = last.counts().bytesWritten();
    linesWritten = last.counts().linesWritten();
    errors = last.counts().writeErrors();
  }

  /**
   * An entry is about to be sent.
   *
   * @param stream whose entry it is
   * @param chunk with whose bytes it ends; null where no more come
   * @param left how many bytes of that are behind it
   * @param bytes how many the entry has
   * @param ended whether the line ends with it
   */
  void announce(StdStream stream, Chunk chunk, int left, int bytes, boolean ended) {
    bytesThen = bytesWritten + bytes;
    linesThen = linesWritten + (ended ? 1 : 0);
    memory.announce(mark(chunk, left, lines.standingAfter(stream, ended), bytesThen, linesThen));
  }

  /** The entry that was announced has been sent. Takes no memory. */
  void sent() {
    memory.announcedHolds();
    bytesWritten = bytesThen;
    linesWritten = linesThen;
  }

  /**
   * All of a chunk is in entries or lines.
   *
   * @throws OutOfMemoryError when there is no memory to mark it; then nothing has changed
   */
  void took(Chunk chunk) {
    memory.mark(
        chunks.markAfter(chunk, position(lines.standing()), counts(bytesWritten, linesWritten)));
    chunks.took(chunk);
  }

  /**
   * Nothing has been taken since the worker before, but it may be another that the lines are of.
   */
  void begin() {
    memory.mark(memory.last().at(position(lines.standing())));
  }

  private LogMark mark(Chunk next, int left, long standing, long bytes, long ended) {
    return chunks.mark(next, left, position(standing), counts(bytes, ended));
  }

  /** The log is in no file. */
  private static FilePosition position(long standing) {
    return new FilePosition(0, 0, 0, true, standing);
  }

  private LogStatistics counts(long bytes, long ended) {
    return new LogStatistics(bytes, errors, 0, 0, ended);
  }

  /** An attempt to send has failed. Takes no memory. */
  void failed() {
    errors++;
  }

  LogStatistics statistics(long bytesLost) {
    return counts(bytesWritten, linesWritten).withLost(bytesLost);
  }
}
