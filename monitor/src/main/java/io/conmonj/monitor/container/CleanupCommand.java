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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command that a container's owner wants to be run after its exit. It is started once,
 * whichever worker does it, and the one that is there waits for its end, and kills it when it takes
 * too long. Loop thread only.
 */
final class CleanupCommand {
  private static final Logger LOG = LoggerFactory.getLogger(CleanupCommand.class);

  private final Processes processes;
  private final String container;
  private final Duration limit;
  private final List<String> command;
  private final Duty deadline;
  private CleanupRun run;

  /** What was started, by this worker or by one before; or null. */
  private ChildProcess child;

  /**
   * @param container whose command it is, for messages
   * @param limit after which it is killed
   * @param command program and arguments; nothing is run when empty
   * @param before what a worker before this one has announced
   */
  CleanupCommand(
      EventLoop loop,
      Processes processes,
      String container,
      Duration limit,
      List<String> command,
      CleanupRun before) {
    this.processes = processes;
    this.container = container;
    this.limit = limit;
    this.command = command;
    this.deadline = loop.duty(this::kill);
    this.child = before.isNone() ? null : recover(before.tag());
    this.run = child == null ? CleanupRun.NONE : before;
  }

  /** What that worker has started; null when it died before. */
  private ChildProcess recover(long tag) {
    try {
      Optional<ChildProcess> started = processes.recover(tag);
      started.ifPresent(ChildProcess::keepUntilRecorded);
      return started.orElse(null);
    } catch (IOException refused) {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, container)
          .setCause(refused)
          .log("find out whether the cleanup command runs");
      return null;
    }
  }

  /** Says that it will be started: what {@link #run} gives is to be kept before it is. */
  void announce() {
    if (!isAnnounced()) {
      run = new CleanupRun(processes.newTag(ProcessKind.CLEANUP), System.nanoTime());
    }
  }

  boolean isAnnounced() {
    return command.isEmpty() || !run.isNone();
  }

  /** What the worker after this one needs to know. */
  CleanupRun run() {
    return run;
  }

  /** Whether this worker, or one before, has started it. */
  boolean isStarted() {
    return child != null;
  }

  /** That it was started is kept: the holder need not remember it for that. */
  void noted() {
    if (child != null) {
      child.recorded();
    }
  }

  /**
   * Starts it, unless it was. Where there was no memory it may be called again, and starts the
   * command once; then it is to be announced again if it was not started.
   *
   * @return completes when that is done; fails with why it could not be started
   */
  CompletableFuture<Void> start() {
    if (command.isEmpty() || child != null) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      child =
          processes.start(
              SpawnCommand.program(command.getFirst())
                  .arguments(command.subList(1, command.size()))
                  .ownProcessGroup(),
              run.tag());
      child.keepUntilRecorded();
      run = new CleanupRun(run.tag(), System.nanoTime());
      return CompletableFuture.completedFuture(null);
    } catch (Error noMemory) {
      // What of it may have been started is killed: that tag is not to be looked for.
      run = CleanupRun.NONE;
      throw noMemory;
    } catch (IOException failed) {
      return CompletableFuture.failedFuture(failed);
    }
  }

  /**
   * Waits for its end, and kills it when it takes too long.
   *
   * @return completes when it has ended, however that was: a failure is logged. At once where it
   *     was not started
   */
  CompletableFuture<Void> end() {
    if (child == null) {
      return CompletableFuture.completedFuture(null);
    }
    if (!child.exited().isDone()) {
      deadline.dueAfter(Math.max(0, run.began() + limit.toNanos() - System.nanoTime()));
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
