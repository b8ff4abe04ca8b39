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
  private final EventLoop loop;
  private final ExecProcess process;
  private final Duration timeout;
  private final MemoryAccount memory;
  private final Capture stdout;
  private final Capture stderr;
  private boolean timedOut;

  /**
   * @param memory holds what the command writes
   * @param timeout from the moment the command runs; zero for none
   */
  ExecSyncRun(EventLoop loop, ExecProcess process, MemoryAccount memory, Duration timeout) {
    this.loop = loop;
    this.process = process;
    this.memory = memory;
    this.stdout = new Capture(Capture.MAX_BYTES, memory);
    this.stderr = new Capture(Capture.MAX_BYTES, memory);
    this.timeout = timeout;
  }

  /** Completes with what it did; fails when it could not be started. */
  CompletableFuture<ExecSyncResult> result() {
    var _ = process.started().thenAccept(started -> onStarted());
    return process.finished().handle(this::onFinished);
  }

  private void onStarted() {
    process.outputs().forEach(each -> each.chargeTo(memory));
    process.deliver(stdout, stderr);
    if (timeout.isPositive()) {
      Timer timer = loop.schedule(timeout, this::onTimeout);
      // A background child that holds the output does not make a command that ended late.
      var _ = process.exited().thenRun(timer::cancel);
    }
  }

  private void onTimeout() {
    timedOut = true;
    process.kill();
  }

  private ExecSyncResult onFinished(Integer exitCode, Throwable failure) {
    if (failure != null) {
      stdout.close();
      stderr.close();
      throw new CompletionException(failure);
    }
    if (stdout.outOfMemory() || stderr.outOfMemory()) {
      stdout.close();
      stderr.close();
      // Half of an output would be taken for the whole.
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
