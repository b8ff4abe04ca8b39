package io.conmonj.monitor.log;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A file with a JSON object for each line, as conmon-rs writes it; see {@link JsonFormat}. */
public final class JsonLog {

  private JsonLog() {}

  /** Opens a log file; everything but its format is as with {@link CriLog#open}. */
  public static CompletableFuture<LogDriver> open(
      LogWriter writer,
      LogOwner owner,
      Path path,
      Rotation rotation,
      Optional<LogPosition> before,
      LogMemory memory) {
    return FileLog.open(writer, owner, path, rotation, new JsonFormat(), before, memory);
  }
}
