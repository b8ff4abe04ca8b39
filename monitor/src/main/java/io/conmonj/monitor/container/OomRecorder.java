package io.conmonj.monitor.container;

import java.util.concurrent.CompletableFuture;

/** Finds out whether a container that has ended ran out of memory, and records it. */
@FunctionalInterface
public interface OomRecorder {
  /** Records nothing. */
  OomRecorder NONE = container -> CompletableFuture.completedFuture(null);

  /**
   * Called on the loop thread between the end of the output and the exit files.
   *
   * @return completes on the loop thread when it is recorded; a failure is logged and changes
   *     nothing
   */
  CompletableFuture<Void> record(CreateContainer container);
}
