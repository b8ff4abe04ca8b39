package io.conmonj.monitor.container;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
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
  private final Duty noTurn;
  private final Duty late;
  private final Duty giveUp;
  private final long asked = System.nanoTime();
  private Duration left;
  private boolean timedOut;
  private boolean unread;

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
    this.noTurn = loop.duty(this::onNoTurn);
    this.late = loop.duty(this::onTimeout);
    this.giveUp = loop.duty(process::giveUpOutput);
  }

  /** Completes with what it did; fails when it could not be started. */
  CompletableFuture<ExecSyncResult> result() {
    try {
      if (timeout.isPositive()) {
        waitForTurn();
      }
      var _ = process.started().thenAccept(started -> onStarted());
      return process.finished().handle(this::onFinished);
    } catch (Error noMemory) {
      process.kill();
      throw noMemory;
    }
  }

  private void waitForTurn() {
    noTurn.dueAfter(timeout);
    var _ =
        process
            .begun()
            .thenRun(
                () -> {
                  noTurn.cancel();
                  left = timeout.minusNanos(System.nanoTime() - asked);
                });
  }

  /** Nobody waits for its answer any more, so it is not begun. */
  private void onNoTurn() {
    timedOut = true;
    process.kill();
  }

  private void onStarted() {
    if (timeout.isPositive()) {
      late.dueAfter(left);
    }
    try {
      process.outputs().forEach(each -> each.chargeTo(memory));
      process.deliver(stdout, stderr);
    } catch (RuntimeException | Error failed) {
      // Nobody would read what it writes, and it would wait for ever.
      unread = true;
      process.kill();
      process.hangUp();
      loop.contain("command given up: its output could not be read", failed);
    }
  }

  /**
   * A background child that holds the output does not make a command late that has ended; but
   * nobody waits for it any longer, and it is killed as the command would be.
   */
  private void onTimeout() {
    giveUp.dueAfter(LAST_WORDS);
    if (process.exited().isDone()) {
      process.killLeftovers();
    } else {
      timedOut = true;
      process.kill();
    }
  }

  private ExecSyncResult onFinished(Integer exitCode, Throwable failure) {
    noTurn.cancel();
    late.cancel();
    giveUp.cancel();
    if (failure != null && !timedOut) {
      stdout.close();
      stderr.close();
      throw new CompletionException(failure);
    }
    if (unread || stdout.outOfMemory() || stderr.outOfMemory()) {
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
