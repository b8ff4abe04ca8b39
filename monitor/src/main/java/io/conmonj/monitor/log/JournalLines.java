package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import java.nio.ByteBuffer;

/** The lines of both streams that are not finished. Event loop only. */
final class JournalLines {
  private static final byte VERSION = 1;

  private final LogMemory memory;
  private final JournalLine stdout;
  private final JournalLine stderr;

  /**
   * Empty ones.
   *
   * @param memory that outlives this worker
   */
  JournalLines(LogMemory memory) {
    this.memory = memory;
    stdout = new JournalLine(memory.line(StdStream.STDOUT));
    stderr = new JournalLine(memory.line(StdStream.STDERR));
  }

  JournalLine of(StdStream stream) {
    return stream == StdStream.STDOUT ? stdout : stderr;
  }

  /** How many bytes are in no entry. */
  int length() {
    return stdout.length() + stderr.length();
  }

  /** Gives memory back, if there is nothing in it. */
  void trim() {
    if (length() == 0 && (stdout.isUsed() || stderr.isUsed())) {
      memory.discardLines();
      stdout.forget();
      stderr.forget();
    }
  }

  /** How far they have come, as one number ({@link Standing}). */
  long standing() {
    return Standing.of(stdout.standing(), stderr.standing());
  }

  /** The same after an entry of a stream, with which its line ends or not. */
  long standingAfter(StdStream stream, boolean ended) {
    int after = JournalLine.standingAfter(ended);
    return stream == StdStream.STDOUT
        ? Standing.of(after, stderr.standing())
        : Standing.of(stdout.standing(), after);
  }

  /** Goes on with what the memory has of them. */
  void goOn(long standing) {
    stdout.goOn(Standing.stdout(standing));
    stderr.goOn(Standing.stderr(standing));
  }

  /** As they are kept for a worker that is handed the log in order. */
  byte[] keep() {
    ByteBuffer kept = ByteBuffer.allocate(1 + stdout.keptBytes() + stderr.keptBytes());
    kept.put(VERSION);
    stdout.keep(kept);
    stderr.keep(kept);
    return kept.array();
  }

  /**
   * Goes on with what was kept.
   *
   * @return false where that is of no version that is known here, and nothing has changed
   */
  boolean goOn(byte[] data) {
    if (data.length == 0 || data[0] != VERSION) {
      return false;
    }
    ByteBuffer kept = ByteBuffer.wrap(data, 1, data.length - 1);
    stdout.goOn(kept);
    stderr.goOn(kept);
    return true;
  }
}
