package io.conmonj.client.log;

import io.conmonj.client.log.RotatedFiles.Link;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A container's log, with those of its rotated files that are still there. For use by one thread;
 * blocks.
 *
 * <p>A file is known by its inode, whatever it is called by now: when it has been read to its end,
 * the one that came after it is begun. Where that is not known any more, because the log was
 * rotated more often between two looks than old files are kept, the sink is told of a gap.
 */
public final class CriLogReader implements Closeable {
  /** How often a followed log is looked at while nothing is written, and how soon after. */
  private static final long IDLE_LOOK_NANOS = Duration.ofMillis(50).toNanos();

  private static final long BUSY_LOOK_NANOS = Duration.ofMillis(2).toNanos();

  /** A look can be overtaken by a rotation; so often it is taken again. */
  private static final int TRIES = 20;

  private final Path path;
  private final CriSink sink;
  private CriLogFile current;

  /** When the current file was last known to be written to. */
  private FileTime written;

  /** Whether something was read at the last step. */
  private boolean any;

  private boolean gap;

  /**
   * Opens a log, at the beginning of the oldest of its files.
   *
   * @param path the file
   * @param sink who gets its records
   * @throws IOException if it cannot be opened
   */
  public CriLogReader(Path path, CriSink sink) throws IOException {
    this.path = path;
    this.sink = sink;
    this.written = FileTime.fromMillis(0);
    this.current = oldest();
    if (current == null) {
      throw new NoSuchFileException(path.toString());
    }
  }

  /**
   * Reads what is there.
   *
   * @throws IOException if it cannot be read or the sink refuses
   */
  public void read() throws IOException {
    while (step()) {
      // to the file that is written to now
    }
    sink.caughtUp();
  }

  /**
   * Reads what is there and what is written from now on, until the log is complete or the thread is
   * interrupted.
   *
   * @param complete tells whether nothing more will be written; what was written before it became
   *     true is read
   * @throws IOException if it cannot be read or the sink refuses
   */
  public void follow(BooleanSupplier complete) throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      boolean nothingMore = complete.getAsBoolean();
      boolean busy = false;
      while (step() || any) {
        busy = true;
      }
      sink.caughtUp();
      if (nothingMore) {
        return;
      }
      LockSupport.parkNanos(busy ? BUSY_LOOK_NANOS : IDLE_LOOK_NANOS);
    }
  }

  /** Reads the current file on, and passes to the next if there is one: true if there was. */
  private boolean step() throws IOException {
    // Nothing is written to a file any more once another has its name: so first the other, then
    // what is left of this one.
    CriLogFile next = next();
    any = current.readOn(sink);
    if (next == null) {
      return false;
    }
    current.finish(sink);
    current.close();
    current = next;
    if (gap) {
      gap = false;
      sink.gap();
    }
    return true;
  }

  /** Opens the file that came after the current one; null if none has yet. */
  private CriLogFile next() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (isCurrent(path)) {
        return null;
      }
      List<Link> now = RotatedFiles.of(path);
      int at = place(now);
      if (at >= 0 && at == now.size() - 1 && isCurrent(now.get(at).path())) {
        // Being rotated: the new file is about to be there.
        return null;
      }
      CriLogFile next = at < 0 || at == now.size() - 1 ? null : open(now.get(at + 1).path());
      if (next != null) {
        if (comesNext(next)) {
          return next;
        }
        next.close();
      }
    }
    CriLogFile next = oldest();
    gap = next != null;
    return next;
  }

  /** Whether a file, which is open, comes after the current one, of which no number has changed. */
  private boolean comesNext(CriLogFile file) throws IOException {
    List<Link> now = RotatedFiles.of(path);
    int at = place(now);
    return at >= 0
        && at < now.size() - 1
        && now.get(at + 1).key().equals(file.key())
        && isCurrent(now.get(at).path());
  }

  private int place(List<Link> files) {
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).key().equals(current.key())) {
        written = files.get(i).written();
        return i;
      }
    }
    return -1;
  }

  private boolean isCurrent(Path file) throws IOException {
    try {
      return CriLogFile.keyOf(file).equals(current.key());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Opens the oldest file that may have been written to after all that was read; null if none. */
  private CriLogFile oldest() throws IOException {
    CriLogFile opened = null;
    for (int i = 0; i < TRIES; i++) {
      Path first = path;
      for (Link file : RotatedFiles.of(path)) {
        if (file.written().compareTo(written) >= 0) {
          if (opened != null && opened.key().equals(file.key())) {
            return opened;
          }
          first = file.path();
          break;
        }
      }
      if (opened != null) {
        opened.close();
      }
      opened = open(first);
    }
    return opened;
  }

  /** Null if it has gone meanwhile. */
  private static CriLogFile open(Path file) throws IOException {
    try {
      return CriLogFile.open(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
