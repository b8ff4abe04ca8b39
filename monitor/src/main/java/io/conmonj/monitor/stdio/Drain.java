package io.conmonj.monitor.stdio;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for the output of a process that has ended: to the end of its streams, or, when another
 * process holds them, until they have been quiet for a while ({@link DrainLimits}); what has not
 * ended by then is abandoned. Loop thread only.
 *
 * <p>INVARIANT: nothing is abandoned before a read has found the pipe empty, unless a limit that
 * counts from the end of the process is up.
 */
public final class Drain {
  /** How often streams that did not end are looked at, as a part of the quiet time. */
  private static final int LOOKS_PER_QUIET_TIME = 4;

  private final DrainLimits limits;
  private final List<PipeReader> readers;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private final long interval;
  private long lastLook = System.nanoTime();
  private long bytesAtLastLook;
  private long quiet;
  private long counted;
  private long heldBack;
  private final Duty look;
  private boolean started;
  private boolean abandoned;

  /**
   * Makes one, to be started when the process has ended; that takes no memory then.
   *
   * @param readers of its output; they and their listeners go on as before
   */
  public Drain(EventLoop loop, DrainLimits limits, List<PipeReader> readers) {
    this.limits = limits;
    this.readers = List.copyOf(readers);
    this.interval = limits.quiet().toNanos() / LOOKS_PER_QUIET_TIME;
    this.look = loop.duty(this::look);
    for (PipeReader reader : this.readers) {
      var _ = reader.finished().thenRun(this::finishIfStarted);
    }
  }

  /**
   * Starts to drain; to be called when the process has ended.
   *
   * @param readers of its output; they and their listeners go on as before
   */
  public static Drain start(EventLoop loop, DrainLimits limits, List<PipeReader> readers) {
    Drain drain = new Drain(loop, limits, readers);
    drain.start();
    return drain;
  }

  /** Starts to drain; to be called when the process has ended. Does nothing the second time. */
  public void start() {
    if (started) {
      return;
    }
    started = true;
    // First of all, so that it is over one day whatever happens.
    look.dueAfter(interval);
    lastLook = System.nanoTime();
    bytesAtLastLook = bytesRead();
    for (PipeReader reader : readers) {
      reader.processEnded();
    }
    finishIfStarted();
  }

  private void finishIfStarted() {
    if (started) {
      var _ = finishIfEnded();
    }
  }

  /**
   * Completes when every stream has ended: with true when all ended by themselves, with false when
   * one was abandoned.
   */
  public CompletableFuture<Boolean> done() {
    return done;
  }

  /** Abandons at once what has not ended. */
  public void giveUp() {
    if (!done.isDone()) {
      abandon(false);
    }
  }

  private void look() {
    if (finishIfEnded()) {
      return;
    }
    long now = System.nanoTime();
    long passed = now - lastLook;
    lastLook = now;
    long bytes = bytesRead();
    boolean moved = bytes != bytesAtLastLook;
    bytesAtLastLook = bytes;
    if (anyPaused()) {
      heldBack += passed;
      quiet = 0;
    } else {
      counted += passed;
      quiet = moved ? 0 : quiet + passed;
    }
    if (quiet >= limits.quiet().toNanos() && !poll()) {
      abandon(true);
    } else if (counted >= limits.total().toNanos() || heldBack >= limits.heldBack().toNanos()) {
      abandon(false);
    } else if (!finishIfEnded()) {
      look.dueAfter(interval);
    }
  }

  // The loop itself may have been away for a while; then quiet only means that nobody looked.
  private boolean poll() {
    boolean any = false;
    for (PipeReader reader : readers) {
      any |= reader.poll();
    }
    if (any) {
      quiet = 0;
    }
    return any;
  }

  private boolean finishIfEnded() {
    for (PipeReader reader : readers) {
      if (!reader.ended()) {
        return false;
      }
    }
    finish();
    return true;
  }

  private void abandon(boolean isQuiet) {
    abandoned = true;
    for (PipeReader reader : readers) {
      if (!reader.ended()) {
        reader.abandon(isQuiet);
      }
    }
    finish();
  }

  private void finish() {
    look.cancel();
    done.complete(!abandoned);
  }

  private boolean anyPaused() {
    for (PipeReader reader : readers) {
      if (reader.paused()) {
        return true;
      }
    }
    return false;
  }

  private long bytesRead() {
    long sum = 0;
    for (PipeReader reader : readers) {
      sum += reader.bytesRead();
    }
    return sum;
  }
}
