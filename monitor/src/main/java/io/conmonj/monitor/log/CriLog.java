package io.conmonj.monitor.log;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A file in the CRI log format, as the kubelet reads it. */
public final class CriLog {

  private CriLog() {}

  /**
   * Opens a log file for appending, creating it with mode 0600 if need be. Where another worker
   * wrote to it, lines continue where they were, nothing is torn or there twice.
   *
   * @param writer does the file work
   * @param owner whose log it is, for messages, such as {@code container web}
   * @param path of the file; its directory must exist, and what is there already must be a regular
   *     file and no link to one
   * @param rotation the size limit
   * @param before where a worker before this one has left the log; empty for a new one
   * @param memory through which another worker goes on: a new log's is new, else it is that of the
   *     worker before, so that also what that had read and not written is logged. It is the log's
   *     to close once that is open
   * @return completes on the event loop with the driver, or fails with an {@link
   *     java.io.IOException} like {@code open log file /x: ENOENT (No such file or directory)}
   */
  public static CompletableFuture<LogDriver> open(
      LogWriter writer,
      LogOwner owner,
      Path path,
      Rotation rotation,
      Optional<LogPosition> before,
      LogMemory memory) {
    return FileLog.open(
        writer, owner, path, rotation, new CriFormat(System::nanoTime), before, memory);
  }
}
