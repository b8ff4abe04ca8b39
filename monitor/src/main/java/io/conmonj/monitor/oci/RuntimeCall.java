package io.conmonj.monitor.oci;

import io.conmonj.kernel.Fd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One call of the runtime.
 *
 * @param verb its command, for messages
 * @param arguments of the runtime, as {@link RuntimeCommands} makes them
 * @param environment variables {@code NAME=value} on top of the monitor's own
 * @param stdin what the runtime and the process it makes read; empty for /dev/null
 * @param stdout what they write to; empty for /dev/null
 * @param additional descriptors that they get as 3, 4, … in this order
 * @param deadline after this the runtime is killed
 */
public record RuntimeCall(
    String verb,
    List<String> arguments,
    List<String> environment,
    Optional<Fd> stdin,
    Optional<Fd> stdout,
    List<Fd> additional,
    Duration deadline) {
  /** A call without any input, output or environment of its own. */
  public static RuntimeCall plain(String verb, List<String> arguments, Duration deadline) {
    return new RuntimeCall(
        verb, arguments, List.of(), Optional.empty(), Optional.empty(), List.of(), deadline);
  }
}
