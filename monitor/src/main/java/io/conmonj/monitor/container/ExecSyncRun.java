package io.conmonj.monitor.container;

import io.conmonj.kernel.Reason;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.streaming.memory.MemoryAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs one command to its end and keeps what it writes. Loop thread only. */
public final class ExecSyncRun {
  /** How long after it is killed output is taken that is held by what could not be killed. */
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
  private final Duty abandon;
  private final long asked = System.nanoTime();
  private final CompletableFuture<ExecSyncResult> result;
  private Duration left;
  private boolean timedOut;

  /** Of its output; empty until it runs. */
  private List<PipeReader> outputs = List.of();

  /** Why its output was not begun to be read; null if it was. */
  private Throwable unread;

  private boolean cancelled;

  /**
   * Begins.
   *
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
    this.abandon = loop.duty(this::onCancelled);
    try {
      if (timeout.isPositive()) {
        waitForTurn();
      }
      var _ = process.started().thenAccept(started -> onStarted());
      this.result = process.finished().handle(this::onFinished);
    } catch (Error noMemory) {
      process.kill();
      throw noMemory;
    }
  }

  /**
   * Completes with what it did; fails with the runtime's message when it could not be started, when
   * output of it was lost, and also when it was cancelled.
   */
  public CompletableFuture<ExecSyncResult> result() {
    return result;
  }

  /**
   * Nobody waits for its result any more: it is not begun, or killed together with its process
   * group. Does nothing once the result is there.
   */
  public void cancel() {
    cancelled = true;
    abandon.perform();
  }

  private void onCancelled() {
    if (result.isDone()) {
      return;
    }
    if (process.begun().isDone() && !process.started().isDone()) {
      // If the runtime were killed now, a process that it has just made would go on by itself.
      abandon.dueWhen(process.started());
    } else {
      end();
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
      outputs = process.outputs();
      outputs.forEach(each -> each.chargeTo(memory));
      process.deliver(stdout, stderr);
    } catch (RuntimeException | Error failed) {
      // Nobody would read what it writes, and it would wait for ever.
      unread = failed;
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
    timedOut = !process.exited().isDone();
    end();
  }

  private void end() {
    giveUp.dueAfter(LAST_WORDS);
    if (process.exited().isDone()) {
      process.killLeftovers();
    } else {
      process.kill();
    }
  }

  private ExecSyncResult onFinished(Integer exitCode, Throwable failure) {
    noTurn.cancel();
    late.cancel();
    giveUp.cancel();
    abandon.cancel();
    if (cancelled) {
      discard();
      throw new CompletionException(new IOException("run command: cancelled by its caller"));
    }
    if (failure != null && !timedOut) {
      discard();
      throw new CompletionException(failure);
    }
    String lost = lost();
    if (lost != null) {
      discard();
      // The caller would take half of an output, or none, for the whole.
      throw new CompletionException(
          new IOException(
              "keep the output of a command that ended with " + exitCode + ": " + lost));
    }
    return new ExecSyncResult(
        timedOut ? ExecSyncResult.TIMED_OUT : exitCode,
        stdout.take(),
        stdout.truncated(),
        stderr.take(),
        stderr.truncated(),
        timedOut);
  }

  /** Why not all of the output is here that was to be kept; null if it is. */
  private String lost() {
    if (unread instanceof OutOfMemoryError || stdout.outOfMemory() || stderr.outOfMemory()) {
      return "no memory, too much output waits to be answered";
    }
    if (unread != null) {
      return Reason.of(unread);
    }
    // That it was killed for its time says already that it may have had more to say.
    for (PipeReader each : timedOut ? List.<PipeReader>of() : outputs) {
      if (each.failure() != null) {
        return each.failure().getMessage();
      }
    }
    return null;
  }

  private void discard() {
    stdout.close();
    stderr.close();
  }
}
