package io.conmonj.monitor.cli;

import io.conmonj.monitor.container.ContainerLimits;
import io.conmonj.monitor.log.LogRate;
import io.conmonj.monitor.observe.TracingOptions;
import io.conmonj.monitor.oci.RuntimeConfig;
import io.conmonj.monitor.pod.PodOptions;
import java.nio.file.Path;
import java.util.Optional;

/** The flags of the pod: the OCI runtime, the limits of containers, and streaming. */
final class PodFlags {
  /** Bytes for each container; those of many containers must fit into the heap (-Xmx32m). */
  private static final int MAX_REPLAY = 1024 * 1024;

  /** A second; more than a container can write. */
  private static final int MAX_RATE = 1_000_000_000;

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
        NumberText.value(line, Flag.ATTACH_REPLAY_BYTES, "a number of bytes", MAX_REPLAY),
        logRate(line),
        MetricsFlags.read(line),
        tracing(line));
  }

  /** Where traces are not wanted, where they would go is not looked at. */
  private static Optional<TracingOptions> tracing(CommandLine line) throws UsageException {
    return line.isOn(Flag.ENABLE_TRACING) ? Optional.of(TracingFlags.read(line)) : Optional.empty();
  }

  private static LogRate logRate(CommandLine line) throws UsageException {
    return new LogRate(
        NumberText.value(line, Flag.LOG_RATE_BYTES, "a number of bytes", MAX_RATE),
        NumberText.value(line, Flag.LOG_RATE_LINES, "a number of lines", MAX_RATE),
        line.value(Flag.LOG_RATE_POLICY).equals("drop")
            ? LogRate.Policy.DROP
            : LogRate.Policy.BLOCK);
  }

  private static RuntimeConfig runtime(CommandLine line) {
    String path = PathFlags.path(line, Flag.RUNTIME).toString();
    Optional<Path> root = PathFlags.runtimeRoot(line);
    return new RuntimeConfig(
        path,
        root.isPresent() ? Optional.of(root.get().toString()) : Optional.empty(),
        line.value(Flag.LOG_LEVEL));
  }
}
