package io.conmonj.monitor.container;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a monitor keeps what its containers need for a moment, and how long it waits.
 *
 * @param directory its own; nobody else can write to it
 * @param socketFallbacks where a directory for console sockets may be made if its own has too long
 *     a name
 * @param limits deadlines
 */
public record ContainersConfig(Path directory, List<Path> socketFallbacks, ContainerLimits limits) {
  private static final Path RUN = Path.of("/run");

  /** Copies the list. */
  public ContainersConfig {
    socketFallbacks = List.copyOf(socketFallbacks);
  }

  /**
   * Sockets go to /run or, failing that, to the temporary directory.
   *
   * @param temporary the value of TMPDIR, or /tmp
   */
  public static ContainersConfig of(Path directory, Path temporary, ContainerLimits limits) {
    return new ContainersConfig(directory, List.of(RUN, temporary), limits);
  }
}
