package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the command that a container's owner wants to be run after its exit. Loop thread only. */
final class CleanupCommand {
  private static final Logger LOG = LoggerFactory.getLogger(CleanupCommand.class);

  private final Processes processes;
  private final String container;
  private final Duration limit;
  private final List<String> command;
  private final Duty deadline;

  /** What was started, or null. */
  private ChildProcess child;

  /**
   * @param container whose command it is, for messages
   * @param limit after which it is killed
   * @param command program and arguments; nothing is run when empty
   */
  CleanupCommand(
      EventLoop loop, Processes processes, String container, Duration limit, List<String> command) {
    this.processes = processes;
    this.container = container;
    this.limit = limit;
    this.command = command;
    this.deadline = loop.duty(this::kill);
  }

  /**
   * Runs it, and kills it when it takes too long. Where there was no memory it may be called again,
   * and runs the command once.
   *
   * @return completes when it has ended, however that was: a failure is logged
   */
  CompletableFuture<Void> run() {
    if (command.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (child == null) {
      try {
        child =
            processes.start(
                SpawnCommand.program(command.getFirst())
                    .arguments(command.subList(1, command.size()))
                    .ownProcessGroup(),
                ProcessKind.CLEANUP);
      } catch (IOException failed) {
        LOG.atError()
            .addKeyValue(LogField.CONTAINER, container)
            .setCause(failed)
            .log("run cleanup command");
        return CompletableFuture.completedFuture(null);
      }
      deadline.dueAfter(limit);
    }
    return child
        .exited()
        .handle(
            (status, lost) -> {
              deadline.cancel();
              report(command.getFirst(), status, lost);
              return null;
            });
  }

  private void kill() {
    child.signalGroup(Signal.KILL);
    LOG.atError()
        .addKeyValue(LogField.CONTAINER, container)
        .log("cleanup command {} took more than {} and was killed", command.getFirst(), limit);
  }

  private void report(String program, ExitStatus status, Throwable lost) {
    if (lost != null) {
      LOG.atWarn()
          .addKeyValue(LogField.CONTAINER, container)
          .setCause(lost)
          .log("status of cleanup command {} was lost", program);
    } else if (status.toCode() != 0) {
      LOG.atWarn()
          .addKeyValue(LogField.CONTAINER, container)
          .log("cleanup command {} ended with {}", program, status.toCode());
    }
  }
}
