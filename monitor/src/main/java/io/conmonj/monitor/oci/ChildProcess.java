package io.conmonj.monitor.oci;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.monitor.holder.Started;
import io.conmonj.monitor.holder.Whom;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A process that the holder is the parent of, and reaps: started or adopted for this worker, or for
 * one before. Loop thread only.
 */
public final class ChildProcess {
  private final Processes registry;
  private final CompletableFuture<ExitStatus> exited = new CompletableFuture<>();

  /** Null before there is a process. */
  private Started process;

  private boolean unrecorded;

  /** Before there is a process. */
  ChildProcess(Processes registry) {
    this.registry = registry;
  }

  /** The process is there. Takes no memory. */
  void begin(Started started) {
    process = started;
  }

  /** Its process id, free for others after {@link #exited}. */
  public int pid() {
    return process.pid();
  }

  /**
   * When it began, in the terms of {@link io.conmonj.kernel.StartTime}; 0 when that could not be
   * found out.
   */
  public long start() {
    return process.start();
  }

  Started process() {
    return process;
  }

  /**
   * Completes once it has ended and was reaped; fails with an {@link IOException} when its status
   * was lost, because the holder does not know it.
   */
  public CompletableFuture<ExitStatus> exited() {
    return exited;
  }

  /** Sends a signal to it; does nothing once it has been reaped. */
  public void signal(int signal) {
    if (!exited.isDone()) {
      registry.signal(process.pid(), signal, Whom.PROCESS);
    }
  }

  /**
   * Sends a signal to the process group that it leads, if it leads one, and to itself; does nothing
   * once it has been reaped.
   */
  public void signalGroup(int signal) {
    if (!exited.isDone()) {
      registry.signal(process.pid(), signal, Whom.BOTH);
    }
  }

  /**
   * Has the holder remember how it ended until {@link #recorded}: should this worker die before,
   * the next one is told. Otherwise it is forgotten once those who wait for {@link #exited} have
   * been told.
   */
  public void keepUntilRecorded() {
    unrecorded = true;
  }

  /** What its end has led to is written down, or will never be. */
  public void recorded() {
    unrecorded = false;
    if (exited.isDone()) {
      registry.forgetEnded();
    }
  }

  /** Whether the holder need not remember it any more. */
  boolean isToBeForgotten() {
    return exited.isDone() && !unrecorded;
  }

  /** Tells those who wait that it has ended, if they have not been told. */
  void ended(ExitStatus status) {
    exited.complete(status);
  }

  /** Tells those who wait that nobody knows how it ended, or will. */
  void lost() {
    exited.completeExceptionally(
        new IOException("process " + process.pid() + " is not a child: its status is lost"));
  }
}
