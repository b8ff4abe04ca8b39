package io.conmonj.monitor.log;

import java.nio.ByteBuffer;

/** The buffers of one log-writer thread, each made at its first use. That thread only. */
final class Scratch {
  private RecordBuffer spare;
  private LineCursor cursor;
  private ByteBuffer staging;

  /** An empty buffer for records. */
  RecordBuffer takeBuffer() {
    RecordBuffer taken = spare;
    spare = null;
    return taken != null ? taken : new RecordBuffer();
  }

  /** Takes a buffer back, whatever is in it, and keeps one for the next. */
  void giveBack(RecordBuffer buffer) {
    buffer.clear();
    spare = buffer;
  }

  /** What cuts chunks to lines, for one turn of one log. */
  LineCursor cursor() {
    if (cursor == null) {
      cursor = new LineCursor();
    }
    return cursor;
  }

  /** An empty buffer that the kernel can read from, for one call. */
  ByteBuffer staging() {
    if (staging == null) {
      staging = ByteBuffer.allocateDirect(LogWriter.BUFFER_SIZE);
    }
    return staging.clear();
  }
}
