package io.conmonj.monitor.oci;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.DrainLimits;
import io.conmonj.monitor.stdio.HeldStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One run of the runtime, from its start to its end or its deadline. Loop thread only. */
public final class RuntimeRun {
  /** As much of the runtime's messages as goes into an error, in bytes: the latest. */
  private static final int MAX_MESSAGE = 16 * 1024;

  /** A runtime's own helpers may hold its error pipe a moment longer than it lives. */
  static final DrainLimits MESSAGE_DRAIN =
      new DrainLimits(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMillis(200));

  private final String name;
  private final Duration limit;
  private final HeldStream stderr;
  private final Drain message;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Duty end;
  private final Duty deadline;
  private ChildProcess process;
  private String killedBecause = "";
  private boolean refused;

  /** Makes all that it will take, before there is a process. */
  RuntimeRun(EventLoop loop, String name, HeldStream stderr, Duration limit) {
    this.name = name;
    this.limit = limit;
    this.stderr = stderr;
    this.message = new Drain(loop, MESSAGE_DRAIN, List.of(stderr.reader()));
    this.end = loop.duty(this::lookForEnd);
    this.deadline = loop.duty(this::tooLate);
  }

  /** The runtime runs. */
  void begin(ChildProcess started) {
    process = started;
    deadline.dueAfter(limit);
    end.dueWhen(process.exited());
  }

  private void tooLate() {
    kill("did not finish within " + limit.toSeconds() + " s");
  }

  /**
   * Completes when the runtime has ended well; otherwise fails with a {@link
   * RuntimeFailedException}, and {@link #stderr} is closed then.
   */
  public CompletableFuture<Void> done() {
    return done;
  }

  /** Completes when the runtime has ended, in whatever way. */
  CompletableFuture<ExitStatus> exited() {
    return process.exited();
  }

  /**
   * The runtime's standard error, which is that of a process it made with pipes as well: to be
   * released to it, or closed, when the run has ended well.
   */
  public HeldStream stderr() {
    return stderr;
  }

  /**
   * Kills the runtime if it is still running.
   *
   * @param because the reason that the error gives
   */
  public void kill(String because) {
    if (killedBecause.isEmpty()) {
      killedBecause = because;
    }
    process.signalGroup(Signal.KILL);
  }

  /** As {@link #done}, for a run that makes no process: its standard error is dropped. */
  public CompletableFuture<Void> finish() {
    return done.whenComplete((nothing, failure) -> stderr.close());
  }

  /** When it began, as {@link ChildProcess#start} says. */
  public long began() {
    return process.start();
  }

  /**
   * Whether it has ended by itself and said no, and so has left nothing. One that was killed, by
   * whomever, may have been in the middle of something.
   */
  public boolean refused() {
    return refused;
  }

  private void lookForEnd() {
    CompletableFuture<ExitStatus> exited = process.exited();
    if (done.isDone()) {
      return;
    }
    if (!exited.isDone()) {
      end.dueWhen(exited);
      return;
    }
    deadline.cancel();
    boolean lost = exited.isCompletedExceptionally();
    if (!lost && exited.resultNow().toCode() == 0 && killedBecause.isEmpty()) {
      done.complete(null);
      return;
    }
    message.start();
    if (message.done().isDone()) {
      fail(exited);
    } else {
      end.dueWhen(message.done());
    }
  }

  private void fail(CompletableFuture<ExitStatus> exited) {
    boolean lost = exited.isCompletedExceptionally();
    refused = killedBecause.isEmpty() && !lost && exited.resultNow() instanceof ExitStatus.Exited;
    String reason = killedBecause;
    if (reason.isEmpty()) {
      reason =
          lost
              ? "status of the child command was lost: " + exited.exceptionNow().getMessage()
              : describe(exited.resultNow());
    }
    String text = stderr.text(MAX_MESSAGE);
    Throwable failure =
        new RuntimeFailedException(name + ": " + reason + (text.isEmpty() ? "" : ": " + text));
    stderr.close();
    done.completeExceptionally(failure);
  }

  private static String describe(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> "child command exited with: " + exited.code();
      case ExitStatus.Killed killed -> "child command exited with: signal " + killed.signal();
    };
  }
}
