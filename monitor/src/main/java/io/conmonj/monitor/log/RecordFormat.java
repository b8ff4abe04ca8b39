package io.conmonj.monitor.log;

import io.netty.buffer.ByteBuf;

/**
 * How a file's records look: one for each line or piece of a line. An instance serves one log, is
 * used by one thread at a time, and allocates nothing for a record.
 */
interface RecordFormat {

  /**
   * Looks at the next record of a chunk, changing nothing: it may be asked again after a failure.
   *
   * @param chunk with at least one readable byte
   * @param limit the most a record may take, in bytes; a longer line becomes several records
   * @return how many bytes {@link #append} will write for it
   */
  int measure(Chunk chunk, int limit);

  /**
   * Writes the record that was measured last, and advances the chunk beyond it. A record ends with
   * a newline and has no other.
   *
   * @param out has the room that was asked for
   */
  void append(Chunk chunk, ByteBuf out);
}
