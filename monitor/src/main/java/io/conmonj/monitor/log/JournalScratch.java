package io.conmonj.monitor.log;

import java.nio.ByteBuffer;

/** The buffers of all logs in the journal, made at their first use. Event loop only. */
final class JournalScratch {
  private LineCursor cursor;
  private ByteBuffer entry;

  /** What cuts chunks to lines, for one turn of one log. */
  LineCursor cursor() {
    if (cursor == null) {
      cursor = new LineCursor();
    }
    return cursor;
  }

  /** A buffer for one entry that the kernel can read from, for one call. */
  ByteBuffer entry() {
    if (entry == null) {
      entry = ByteBuffer.allocateDirect(JournalEntry.MAX_BYTES);
    }
    return entry;
  }
}
