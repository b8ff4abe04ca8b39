package io.conmonj.monitor.container;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Timer;
import io.conmonj.streaming.memory.MemoryAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs one command to its end and keeps what it writes. Loop thread only. */
final class ExecSyncRun {
  /** How long after the timeout output is taken that is held by what could not be killed. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final ExecProcess process;
  private final Duration timeout;
  private final MemoryAccount memory;
  private final Capture stdout;
  private final Capture stderr;
  private final long asked = System.nanoTime();
  private Duration left;
  private boolean timedOut;

  /**
   * @param memory holds what the command writes
   * @param timeout from the moment the command runs, less the time that it has waited for its turn
   *     to be started; zero for none
   */
  ExecSyncRun(EventLoop loop, ExecProcess process, MemoryAccount memory, Duration timeout) {
    this.loop = loop;
    this.process = process;
    this.memory = memory;
    Capture.Room room = new Capture.Room(Capture.MAX_BYTES);
    this.stdout = new Capture(room, memory);
    this.stderr = new Capture(room, memory);
    this.timeout = timeout;
    this.left = timeout;
  }

  /** Completes with what it did; fails when it could not be started. */
  CompletableFuture<ExecSyncResult> result() {
    if (timeout.isPositive()) {
      waitForTurn();
    }
    var _ = process.started().thenAccept(started -> onStarted());
    return process.finished().handle(this::onFinished);
  }

  private void waitForTurn() {
    Timer longest = loop.schedule(timeout, this::onNoTurn);
    var _ = process.finished().whenComplete((code, failure) -> longest.cancel());
    var _ =
        process
            .begun()
            .thenRun(
                () -> {
                  longest.cancel();
                  left = timeout.minusNanos(System.nanoTime() - asked);
                });
  }

  /** Nobody waits for its answer any more, so it is not begun. */
  private void onNoTurn() {
    timedOut = true;
    process.kill();
  }

  private void onStarted() {
    process.outputs().forEach(each -> each.chargeTo(memory));
    process.deliver(stdout, stderr);
    if (timeout.isPositive()) {
      Timer timer = loop.schedule(left, this::onTimeout);
      var _ = process.finished().thenRun(timer::cancel);
    }
  }

  /**
   * A background child that holds the output does not make a command late that has ended; but
   * nobody waits for it any longer, and it is killed as the command would be.
   */
  private void onTimeout() {
    if (process.exited().isDone()) {
      process.killLeftovers();
    } else {
      timedOut = true;
      process.kill();
    }
    Timer last = loop.schedule(LAST_WORDS, process::giveUpOutput);
    var _ = process.finished().thenRun(last::cancel);
  }

  private ExecSyncResult onFinished(Integer exitCode, Throwable failure) {
    if (failure != null && !timedOut) {
      stdout.close();
      stderr.close();
      throw new CompletionException(failure);
    }
    if (stdout.outOfMemory() || stderr.outOfMemory()) {
      stdout.close();
      stderr.close();
      // The caller would take half of an output for the whole.
      throw new CompletionException(
          new IOException(
              "keep the output of a command that ended with "
                  + exitCode
                  + ": no memory, too much output waits to be answered"));
    }
    return new ExecSyncResult(
        timedOut ? ExecSyncResult.TIMED_OUT : exitCode,
        stdout.take(),
        stdout.truncated(),
        stderr.take(),
        stderr.truncated(),
        timedOut);
  }
}
