package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogPosition;
import io.conmonj.monitor.log.LogSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Opens one log of a container when the time for it has come; called on the loop thread. */
@FunctionalInterface
public interface LogOpener {
  /** Completes on the loop thread with the open log, or fails with the reason. */
  CompletableFuture<LogDriver> open();

  /**
   * The same with what outlives this worker.
   *
   * @param memory the log's once it is open; {@link LogMemory#NONE} where it does not outlive this
   *     worker
   */
  default CompletableFuture<LogDriver> open(LogMemory memory) {
    return open();
  }

  /**
   * The same for a log that a worker before this one has written to.
   *
   * @param position where it stood
   * @param memory as with {@link #open(LogMemory)}
   */
  default CompletableFuture<LogDriver> resume(LogPosition position, LogMemory memory) {
    return open(memory);
  }

  /** What it opens; empty for a log that does not survive a worker. */
  default Optional<LogSpec> spec() {
    return Optional.empty();
  }
}
