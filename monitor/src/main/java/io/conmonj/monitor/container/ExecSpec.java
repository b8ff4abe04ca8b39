package io.conmonj.monitor.container;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.oci.ExecArguments;
import java.util.List;
import java.util.Optional;

/**
 * A further process in a container.
 *
 * @param arguments what the runtime is told
 * @param terminal whether it gets a terminal instead of pipes
 * @param stdin whether something will be written to it; otherwise it reads the end of file
 * @param size of the terminal at its start, if known
 * @param environment variables {@code NAME=value} of the runtime, not of the process
 */
public record ExecSpec(
    ExecArguments arguments,
    boolean terminal,
    boolean stdin,
    Optional<WindowSize> size,
    List<String> environment) {
  /** Copies the list. */
  public ExecSpec {
    environment = List.copyOf(environment);
  }
}
