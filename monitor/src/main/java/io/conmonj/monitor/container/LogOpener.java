package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogDriver;
import java.util.concurrent.CompletableFuture;

/** Opens one log of a container when the time for it has come; called on the loop thread. */
@FunctionalInterface
public interface LogOpener {
  /** Completes on the loop thread with the open log, or fails with the reason. */
  CompletableFuture<LogDriver> open();
}
