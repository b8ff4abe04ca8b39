package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.Spawn;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Timer;
import io.conmonj.monitor.oci.ChildProcess;
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

  private final EventLoop loop;
  private final Processes processes;
  private final Duration limit;

  CleanupCommand(EventLoop loop, Processes processes, Duration limit) {
    this.loop = loop;
    this.processes = processes;
    this.limit = limit;
  }

  /**
   * Runs it, and kills it when it takes too long.
   *
   * @param command program and arguments; nothing is run when empty
   * @return completes when it has ended, however that was: a failure is logged
   */
  CompletableFuture<Void> run(List<String> command) {
    if (command.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    String program = command.getFirst();
    ChildProcess child;
    try {
      child =
          processes.start(
              Spawn.program(program)
                  .arguments(command.subList(1, command.size()))
                  .ownProcessGroup());
    } catch (IOException failed) {
      LOG.error("run cleanup command", failed);
      return CompletableFuture.completedFuture(null);
    }
    Timer deadline =
        loop.schedule(
            limit,
            () -> {
              LOG.error("cleanup command {} took more than {}, killing it", program, limit);
              child.signalGroup(Signal.KILL);
            });
    return child
        .exited()
        .handle(
            (status, lost) -> {
              deadline.cancel();
              report(program, status, lost);
              return null;
            });
  }

  private static void report(String program, ExitStatus status, Throwable lost) {
    if (lost != null) {
      LOG.warn("status of cleanup command {} was lost", program, lost);
    } else if (status.toCode() != 0) {
      LOG.warn("cleanup command {} ended with {}", program, status.toCode());
    }
  }
}
