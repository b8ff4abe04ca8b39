package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogDriver;
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
   * The same for a log that a worker before this one has written to.
   *
   * @param position where it stood
   */
  default CompletableFuture<LogDriver> resume(LogPosition position) {
    return open();
  }

  /** What it opens; empty for a log that does not survive a worker. */
  default Optional<LogSpec> spec() {
    return Optional.empty();
  }
}
