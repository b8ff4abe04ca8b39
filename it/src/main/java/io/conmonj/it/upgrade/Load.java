package io.conmonj.it.upgrade;

import java.io.IOException;

/**
 * Something that goes on in threads of its own while a monitor is upgraded. What it misses is a
 * fault.
 */
interface Load extends AutoCloseable {
  /**
   * Has it end as it should, and looks whether all of it is there.
   *
   * @return what there was, in a line for the reader
   */
  String end() throws IOException;

  /** Leaves nothing behind, whether it has ended or not. */
  @Override
  void close() throws IOException;
}
