package io.conmonj.client.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A container's log. For use by one thread; blocks.
 *
 * <p>Following goes on across rotation: the old file is read to its end before the new one is
 * begun. If the log is rotated more often between two looks than old files are kept, what was in
 * those that are gone is missed.
 */
public final class CriLogReader implements Closeable {
  /** How often a followed log is looked at. */
  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

  private final Path path;
  private final CriSink sink;
  private CriLogFile current;
  private FileTime written = FileTime.fromMillis(0);

  /**
   * Opens a log.
   *
   * @param path the file
   * @param sink who gets its records
   * @throws IOException if it cannot be opened
   */
  public CriLogReader(Path path, CriSink sink) throws IOException {
    this.path = path;
    this.sink = sink;
    this.current = CriLogFile.open(path);
  }

  /**
   * Reads what is there.
   *
   * @throws IOException if it cannot be read or the sink refuses
   */
  public void read() throws IOException {
    current.readOn(sink);
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
      while (readOn()) {
        // until there is nothing new
      }
      sink.caughtUp();
      if (nothingMore) {
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Reads what is there now, in this file and those that replaced it. */
  private boolean readOn() throws IOException {
    CriLogFile next = null;
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      if (now.fileKey().equals(current.key())) {
        written = now.lastModifiedTime();
      } else {
        next = CriLogFile.open(path);
      }
    } catch (NoSuchFileException e) {
      // Being rotated: the new file is about to be there.
    }
    // Nothing is written to the old file any more once a new one has its name.
    boolean any = current.readOn(sink);
    if (next == null) {
      return any;
    }
    for (CriLogFile file : RotatedFiles.between(path, current.key(), written, next.key())) {
      try (file) {
        file.readOn(sink);
      }
    }
    current.close();
    current = next;
    return true;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
