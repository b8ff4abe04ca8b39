package io.conmonj.monitor.log;

/**
 * Which of a log's chunks are in records, and how that is marked in its {@link LogMemory}. One
 * thread at a time.
 */
final class ChunkProgress {
  /** Where the last chunk ends in the memory that is wholly in records. */
  private long keptEnd;

  /** Bytes in records that are not in the memory. */
  private long unkept;

  /**
   * @param last of the worker before
   */
  ChunkProgress(LogMark last) {
    keptEnd = last.tail();
    unkept = last.unkept();
  }

  /** A chunk is wholly in records. Takes no memory. */
  void took(Chunk chunk) {
    keptEnd = endAfter(chunk);
    unkept = unkeptAfter(chunk, chunk.length());
  }

  /**
   * How far it has come.
   *
   * @param next the chunk after those that are in records; null where none is known
   * @param left how many bytes of that are in none
   */
  LogMark mark(Chunk next, int left, FilePosition position, LogStatistics counts) {
    return new LogMark(
        keptEnd,
        next == null || !next.isKept() ? LogMark.WHOLE : left,
        next == null ? unkept : unkeptAfter(next, next.length() - left),
        position,
        counts);
  }

  /** How far it will have come with another chunk. */
  LogMark markAfter(Chunk chunk, FilePosition position, LogStatistics counts) {
    return new LogMark(
        endAfter(chunk), LogMark.WHOLE, unkeptAfter(chunk, chunk.length()), position, counts);
  }

  private long endAfter(Chunk chunk) {
    return chunk.isKept() ? chunk.end() : keptEnd;
  }

  private long unkeptAfter(Chunk chunk, int bytes) {
    return chunk.isKept() ? unkept : unkept + bytes;
  }
}
