package io.conmonj.monitor.log;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A file with a JSON object for each line, as conmon-rs writes it; see {@link JsonFormat}. */
public final class JsonLog {

  private JsonLog() {}

  /**
   * Opens a log file for appending, creating it with mode 0600 if need be; everything but its
   * format is as with {@link CriLog#open}.
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
    return FileLog.open(writer, owner, path, rotation, new JsonFormat(), memory);
  }

  /** Goes on with a log that another worker wrote to; as {@link CriLog#resume}. */
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
    return FileLog.resume(writer, owner, path, rotation, new JsonFormat(), position, memory);
  }
}
