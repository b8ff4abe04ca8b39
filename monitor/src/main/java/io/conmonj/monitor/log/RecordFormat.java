package io.conmonj.monitor.log;

/**
 * How a file's records look: one for each line or piece of a line. An instance serves one log, is
 * used by one thread at a time, and allocates nothing for a record.
 */
interface RecordFormat {

  /** The most content bytes whose record surely fits into {@link LogWriter#BUFFER_SIZE}. */
  int longestPiece();

  /** How many bytes {@link #append} will write for a piece. */
  int measure(LineCursor piece);

  /**
   * Writes the record for a piece. It ends with a newline and has no other.
   *
   * @param chunk what the piece is a part of
   * @param out has the room that {@link #measure} asked for
   */
  void append(Chunk chunk, LineCursor piece, RecordBuffer out);
}
