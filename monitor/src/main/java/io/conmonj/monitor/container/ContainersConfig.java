package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogRate;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings for all containers of a monitor.
 *
 * @param directory the monitor's own, for pid files and console sockets; nobody else can write to
 *     it
 * @param socketFallbacks directories in which one for console sockets may be made, for when the
 *     path of the monitor's own is too long for a socket address
 * @param limits deadlines
 * @param replayBytes of each container's latest output, for those who attach later; 0 for none
 * @param logRate how fast each stream of a container may be logged
 */
public record ContainersConfig(
    Path directory,
    List<Path> socketFallbacks,
    ContainerLimits limits,
    int replayBytes,
    LogRate logRate) {
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
      Path directory, Path temporary, ContainerLimits limits, int replayBytes, LogRate logRate) {
    return new ContainersConfig(directory, List.of(RUN, temporary), limits, replayBytes, logRate);
  }
}
