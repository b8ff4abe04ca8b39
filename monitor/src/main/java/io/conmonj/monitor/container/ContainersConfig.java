package io.conmonj.monitor.container;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a monitor keeps what its containers need for a moment, how long it waits, and how much it
 * keeps of their output.
 *
 * @param directory its own; nobody else can write to it
 * @param socketFallbacks where a directory for console sockets may be made if its own has too long
 *     a name
 * @param limits deadlines
 * @param replayBytes of each container's latest output, for those who attach later; 0 for none
 */
public record ContainersConfig(
    Path directory, List<Path> socketFallbacks, ContainerLimits limits, int replayBytes) {
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
  public static ContainersConfig of(
      Path directory, Path temporary, ContainerLimits limits, int replayBytes) {
    return new ContainersConfig(directory, List.of(RUN, temporary), limits, replayBytes);
  }
}
