package io.conmonj.monitor.log;

/**
 * How a file's records look: one for each line or piece of a line. An instance serves one log, is
 * used by one thread at a time, and allocates nothing for a record.
 */
interface RecordFormat {

  /** The most content bytes whose record surely fits into {@link LogWriter#BUFFER_SIZE}. */
  int longestPiece();

  /**
   * How many bytes {@link #append} will write for a piece.
   *
   * @param chunk what the piece is a part of
   */
  int measure(Chunk chunk, LineCursor piece);

  /**
   * Writes the record for a piece. It ends with a newline and has no other.
   *
   * @param chunk what the piece is a part of
   * @param out has the room that {@link #measure} asked for
   */
  void append(Chunk chunk, LineCursor piece, RecordBuffer out);

  /**
   * Looks at what a file holds that was there before, so that what is appended does not become a
   * part of it, or its continuation; before the first {@link #append}. Of a stream of which nothing
   * is to be seen it knows what it knew before.
   *
   * @param end the last bytes of the file
   * @param whole whether they are all of it
   */
  void follow(byte[] end, boolean whole);

  /** What the next record depends on, for {@link #goOn}: which lines are not finished, and more. */
  long standing();

  /**
   * Goes on as another instance would; before the first {@link #append}.
   *
   * @param standing of that other; 0 for a new one
   */
  void goOn(long standing);

  /**
   * Whether this can be the beginning of a record of this format.
   *
   * @param bytes at least one, without a newline
   */
  boolean canBegin(byte[] bytes);

  /** How many bytes {@link #finish} will write at most; 0 when nothing is missing. */
  int measureEnd();

  /**
   * Writes one record of those that are still missing when nothing more comes.
   *
   * @param time of the end, as in {@link Chunk#time}
   */
  void finish(long time, RecordBuffer out);
}
