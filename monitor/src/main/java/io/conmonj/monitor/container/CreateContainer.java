package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.log.LogSpec;
import io.conmonj.monitor.oci.CreateArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a container shall be.
 *
 * @param arguments what the runtime is told
 * @param terminal whether its process gets a terminal instead of pipes
 * @param stdin whether something will be written to its process; otherwise it reads the end of file
 *     (a terminal can always be written to)
 * @param environment variables {@code NAME=value} of the runtime, not of the container
 * @param logs where its output goes; may be empty
 * @param exitPaths files to write the exit code to
 * @param oomExitPaths files to make if any of its processes was killed for lack of memory
 * @param cleanupCommand program and arguments to run after its exit; empty for none
 * @param additionalFds descriptors that the runtime gets as 3, 4, …; closed here once it has
 *     started
 * @param leakFds descriptors that are held open until the container's end
 */
public record CreateContainer(
    CreateArguments arguments,
    boolean terminal,
    boolean stdin,
    List<String> environment,
    List<LogOpener> logs,
    List<String> exitPaths,
    List<String> oomExitPaths,
    List<String> cleanupCommand,
    List<Fd> additionalFds,
    List<Fd> leakFds) {
  private static final byte[] NO_POSITION = {};

  /** Copies the lists. */
  public CreateContainer {
    environment = List.copyOf(environment);
    logs = List.copyOf(logs);
    exitPaths = List.copyOf(exitPaths);
    oomExitPaths = List.copyOf(oomExitPaths);
    cleanupCommand = List.copyOf(cleanupCommand);
    additionalFds = List.copyOf(additionalFds);
    leakFds = List.copyOf(leakFds);
  }

  /**
   * What one was created as that has survived its worker, or its monitor; as far as that matters
   * once it is made.
   */
  static CreateContainer of(ContainerRecord made, List<LogOpener> logs, List<Fd> leakFds) {
    return new CreateContainer(
        made.runtime(),
        made.terminal(),
        made.stdin(),
        List.of(),
        logs,
        made.exitPaths(),
        made.oomExitPaths(),
        made.cleanupCommand(),
        List.of(),
        leakFds);
  }

  /**
   * What its logs are, as data.
   *
   * @param positions where each stands; fewer where they are closed
   */
  List<ContainerRecord.LogRecord> logRecords(List<byte[]> positions) {
    List<ContainerRecord.LogRecord> records = new ArrayList<>(logs.size());
    for (int i = 0; i < logs.size(); i++) {
      Optional<LogSpec> spec = logs.get(i).spec();
      if (spec.isPresent()) {
        byte[] position = i < positions.size() ? positions.get(i) : NO_POSITION;
        records.add(ContainerRecord.LogRecord.of(spec.get(), position));
      }
    }
    return records;
  }

  /** The container's id. */
  public String id() {
    return arguments.id();
  }
}
