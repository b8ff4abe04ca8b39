package io.conmonj.client.model;

import java.nio.file.Path;
import java.util.Objects;

/** Where a container's output is written. */
public sealed interface LogConfig {
  /**
   * The Kubernetes CRI format, one record for each line.
   *
   * @param path the file, never null
   * @param maxSize bytes after which the file is replaced by a new one; 0 for no limit
   */
  record Cri(Path path, long maxSize) implements LogConfig {
    /** Checks the values. */
    public Cri {
      checkSize(path, maxSize);
    }
  }

  /**
   * One JSON object for each line.
   *
   * @param path the file, never null
   * @param maxSize bytes after which the file is replaced by a new one; 0 for no limit
   */
  record Json(Path path, long maxSize) implements LogConfig {
    /** Checks the values. */
    public Json {
      checkSize(path, maxSize);
    }
  }

  /** The system's journal. */
  record Journald() implements LogConfig {}

  private static void checkSize(Path path, long maxSize) {
    Objects.requireNonNull(path);
    if (maxSize < 0) {
      throw new IllegalArgumentException("log " + path + ": size limit " + maxSize + " < 0");
    }
  }
}
