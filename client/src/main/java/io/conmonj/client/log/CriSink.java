package io.conmonj.client.log;

import java.io.IOException;

/** Who gets the records of a log, in their order, on the thread that reads it. */
public interface CriSink {
  /**
   * Takes a record.
   *
   * @param record the record
   * @throws IOException if it cannot be passed on: ends the reading
   */
  void record(CriRecord record) throws IOException;

  /**
   * Is told of a line that is not a record, for example one that a crash cut off.
   *
   * @param line the line
   * @throws IOException if it cannot be passed on: ends the reading
   */
  void malformed(String line) throws IOException;

  /**
   * Is told that what was written between the last record and the next may be missing: the log was
   * rotated faster than it was read.
   *
   * @throws IOException if it cannot be passed on: ends the reading
   */
  void gap() throws IOException;

  /**
   * Is told that all there is has been read.
   *
   * @throws IOException if what is buffered cannot be passed on: ends the reading
   */
  void caughtUp() throws IOException;
}
