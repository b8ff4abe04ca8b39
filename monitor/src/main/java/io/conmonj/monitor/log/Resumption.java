package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.ReadBuffer;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log of a container begins to write. A format goes on where another worker stood: if
 * there is a {@link LogMemory}, it says all. Without one, if that worker handed over in order, it
 * has said all as well; if it was killed, it may have written since: then the end of the file
 * counts, half a record at it is cut off, and what it does not show is as it was said.
 *
 * @param begun whether the first record may continue an unfinished line; if not, such lines are to
 *     be finished first: they are not this container's, or a part of them is lost
 * @param alreadyThere how many bytes of the records to come are in the file already
 */
record Resumption(boolean begun, long alreadyThere) {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  /**
   * What may have been read of a container and not written to its log, in bytes: a backlog that is
   * not full yet, what is read on top of that at once, and records on their way to the kernel.
   */
  static final int MOST_IN_FLIGHT = Backlog.HIGH + ReadBuffer.SIZE + LogWriter.BUFFER_SIZE;

  /**
   * Prepares file and format; log-writer thread only.
   *
   * @param before where the worker before stood; empty for a container's first worker
   */
  static Resumption prepare(
      LogFile file,
      RecordFormat format,
      Optional<LogPosition> before,
      LogMemory memory,
      LogOwner owner)
      throws IOException {
    if (before.isEmpty()) {
      follow(file, format);
      return new Resumption(false, 0);
    }
    return memory.isBegun()
        ? after(memory.last(), file, format)
        : new Resumption(isContinued(file, format, before.get(), owner), 0);
  }

  private static void follow(LogFile file, RecordFormat format) throws IOException {
    byte[] end = file.end(CriFormat.LONGEST_END);
    format.follow(end, end.length == file.size());
  }

  /** The records that the file has got since are made again from the same chunks. */
  private static Resumption after(LogMark mark, LogFile file, RecordFormat format)
      throws IOException {
    FilePosition known = mark.position();
    format.goOn(known.standing());
    long end = file.endOf(known, format);
    return new Resumption(known.begun(), Math.max(0, end - known.size()));
  }

  private static boolean isContinued(
      LogFile file, RecordFormat format, LogPosition kept, LogOwner owner) throws IOException {
    FilePosition known = FilePosition.of(kept.data());
    if (kept.exact() && known.isKnown() && !isOutgrown(known, file)) {
      format.goOn(known.standing());
      return known.begun();
    }
    if (known.isKnown()) {
      owner
          .of(LOG.atWarn())
          .log(
              "{}: log file {}: its worker was killed; at most {} bytes of output are lost",
              owner,
              file.path(),
              MOST_IN_FLIGHT);
    }
    int cut = file.cutTornRecord(format);
    if (cut > 0) {
      owner
          .of(LOG.atWarn())
          .log(
              "{}: log file {}: {} bytes of an unfinished record cut off; its line is lost",
              owner,
              file.path(),
              cut);
    }
    if (known.isIn(file) && file.size() == known.size()) {
      // Nothing came to be in the file since: what waited for more still does.
      format.goOn(known.standing());
      return known.begun() && cut == 0;
    }
    format.goOn(Standing.linesOnly(known.standing()));
    follow(file, format);
    return cut == 0;
  }

  private static boolean isOutgrown(FilePosition known, LogFile file) {
    return known.isIn(file) && file.size() > known.size();
  }
}
