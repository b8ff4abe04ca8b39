package io.conmonj.monitor.cli;

import io.conmonj.monitor.container.ContainerLimits;
import io.conmonj.monitor.oci.RuntimeConfig;
import io.conmonj.monitor.pod.PodOptions;
import java.nio.file.Path;

/** The flags of the pod: the OCI runtime, the limits of containers, and streaming. */
final class PodFlags {
  /** Bytes for each container; those of many containers must fit into the heap (-Xmx32m). */
  private static final int MAX_REPLAY = 1024 * 1024;

  private PodFlags() {}

  /**
   * Reads and checks them; paths are checked by {@link PathFlags#check}.
   *
   * @throws UsageException naming the flag and the value that makes no sense
   */
  static PodOptions read(CommandLine line) throws UsageException {
    return new PodOptions(
        runtime(line),
        StreamingFlags.read(line),
        ContainerLimits.DEFAULT.withExecGrace(DurationText.value(line, Flag.EXEC_GRACE_PERIOD)),
        NumberText.value(line, Flag.ATTACH_REPLAY_BYTES, "a number of bytes", MAX_REPLAY));
  }

  private static RuntimeConfig runtime(CommandLine line) {
    return new RuntimeConfig(
        PathFlags.path(line, Flag.RUNTIME).toString(),
        PathFlags.runtimeRoot(line).map(Path::toString),
        line.value(Flag.LOG_LEVEL));
  }
}
