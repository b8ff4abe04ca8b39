package io.conmonj.monitor.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * For tests: what a worker leaves of a log in a file when it ends: the file as it was then, and the
 * same file, and a position.
 */
final class KilledLog {
  /** Nothing is known of it but that it was written to. */
  static final LogPosition UNKNOWN = new LogPosition(new byte[0], false);

  private final byte[] content;
  private final byte[] position;

  private KilledLog(byte[] content, byte[] position) {
    this.content = content;
    this.position = position;
  }

  /** Ends a log's worker; what the log writes because it is closed in order is taken back. */
  static KilledLog end(LoggedContainer worker, Path path) throws Exception {
    worker.flush();
    byte[] position = position(worker);
    byte[] content = Files.readAllBytes(path);
    worker.close();
    Files.write(path, content, StandardOpenOption.TRUNCATE_EXISTING);
    return new KilledLog(content, position);
  }

  static byte[] position(LoggedContainer worker) throws Exception {
    return worker.loop().call(() -> worker.driver().positions().getFirst());
  }

  byte[] content() {
    return content;
  }

  byte[] position() {
    return position;
  }

  /** Has the file end at this byte, as if the kill had come in the middle of a write. */
  void cut(Path path, int at) throws Exception {
    Files.write(path, Arrays.copyOf(content, at), StandardOpenOption.TRUNCATE_EXISTING);
  }

  static LoggedContainer resume(Path path, LogPosition position) throws Exception {
    return resume(path, position, LogMemory.NONE);
  }

  static LoggedContainer resume(Path path, LogPosition position, LogMemory memory)
      throws Exception {
    return LoggedContainer.open(
        writer ->
            CriLog.open(
                writer, LoggedContainer.OWNER, path, Rotation.NONE, Optional.of(position), memory));
  }

  static LoggedContainer resumeJson(Path path, LogPosition position) throws Exception {
    return LoggedContainer.open(
        writer ->
            JsonLog.open(
                writer,
                LoggedContainer.OWNER,
                path,
                Rotation.NONE,
                Optional.of(position),
                LogMemory.NONE));
  }
}
