package io.conmonj.monitor.log;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A file in the CRI log format, as the kubelet reads it. */
public final class CriLog {

  private CriLog() {}

  /**
   * Opens a log file for appending, creating it with mode 0600 if need be.
   *
   * @param writer does the file work
   * @param owner whose log it is, for messages, such as {@code container web}
   * @param path of the file; its directory must exist, and what is there already must be a regular
   *     file and no link to one
   * @param rotation the size limit
   * @return completes on the event loop with the driver, or fails with an {@link
   *     java.io.IOException} like {@code open log file /x: ENOENT (No such file or directory)}
   */
  public static CompletableFuture<LogDriver> open(
      LogWriter writer, LogOwner owner, Path path, Rotation rotation) {
    return open(writer, owner, path, rotation, LogMemory.NONE);
  }

  /**
   * The same for a log that outlives its worker.
   *
   * @param memory through which another worker goes on; the log's to close once it is open
   */
  public static CompletableFuture<LogDriver> open(
      LogWriter writer, LogOwner owner, Path path, Rotation rotation, LogMemory memory) {
    return FileLog.open(writer, owner, path, rotation, new CriFormat(System::nanoTime), memory);
  }

  /**
   * Goes on with a log that another worker wrote to: lines continue where they were, nothing is
   * torn or there twice. The file is created if somebody has moved it away. Everything else is as
   * with {@link #open}.
   *
   * @param position as that worker left it
   */
  public static CompletableFuture<LogDriver> resume(
      LogWriter writer, LogOwner owner, Path path, Rotation rotation, LogPosition position) {
    return resume(writer, owner, path, rotation, position, LogMemory.NONE);
  }

  /**
   * The same with the memory of that worker, so that also what it had read and not written is
   * logged.
   *
   * @param memory the log's to close once it is open
   */
  public static CompletableFuture<LogDriver> resume(
      LogWriter writer,
      LogOwner owner,
      Path path,
      Rotation rotation,
      LogPosition position,
      LogMemory memory) {
    return FileLog.resume(
        writer, owner, path, rotation, new CriFormat(System::nanoTime), position, memory);
  }
}
