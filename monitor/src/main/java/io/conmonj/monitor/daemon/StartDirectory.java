package io.conmonj.monitor.daemon;

import java.nio.file.Path;

/**
 * The directory in which the monitor was started. Relative paths that it is given are meant from
 * there, while the process itself works in the root directory, so as to keep no file system busy.
 */
public final class StartDirectory {
  /** The property in which the launcher names it; absent when Java was started without it. */
  private static final String PROPERTY = "conmonj.directory";

  private StartDirectory() {}

  /**
   * The absolute path that is meant.
   *
   * @param path as given on the command line or in the environment
   * @throws java.nio.file.InvalidPathException when no file can have such a name
   */
  public static Path resolve(String path) {
    String start = System.getProperty(PROPERTY);
    Path given = Path.of(path);
    return start == null ? given.toAbsolutePath() : Path.of(start).resolve(given);
  }
}
