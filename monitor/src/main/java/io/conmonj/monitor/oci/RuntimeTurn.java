package io.conmonj.monitor.oci;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The right to run the runtime once, which may have to be waited for ({@link RuntimeTurns}). It
 * ends with the run, or with {@link #giveUp}. Loop thread only.
 */
public final class RuntimeTurn {
  /** How long after it was killed a run that does not end counts as one: its disk may hang. */
  private static final Duration UNKILLABLE = Duration.ofSeconds(5);

  private final OciRuntime runtime;
  private final RuntimeTurns turns;
  private final RuntimeUse use;
  private final String container;
  private final CompletableFuture<RuntimeTurn> come = new CompletableFuture<>();
  private final Duty patience;
  private final Duty unkillable;
  private final Duty lookAtRun;
  private Duration longest = Duration.ZERO;
  private RuntimeRun run;
  private long began;

  RuntimeTurn(
      EventLoop loop, OciRuntime runtime, RuntimeTurns turns, RuntimeUse use, String container) {
    this.runtime = runtime;
    this.turns = turns;
    this.use = use;
    this.container = container;
    this.patience = loop.duty(this::noTurn);
    this.unkillable = loop.duty(this::over);
    this.lookAtRun = loop.duty(this::lookAtRun);
  }

  /**
   * Starts to wait.
   *
   * @param patient after this it is not waited for any more
   */
  void await(Duration patient) {
    longest = patient;
    try {
      turns.add(this);
    } catch (IOException tooMany) {
      come.completeExceptionally(tooMany);
      return;
    }
    if (!come.isDone()) {
      patience.dueAfter(longest);
    }
  }

  private void noTurn() {
    giveUp("had no turn within " + longest.toSeconds() + " s: " + turns.running() + " others run");
  }

  RuntimeUse use() {
    return use;
  }

  String container() {
    return container;
  }

  boolean isFor(String id) {
    return container.equals(id);
  }

  /**
   * Completes with this when the turn has come, at once if nobody has to be waited for; fails when
   * it was given up, or too many wait.
   */
  public CompletableFuture<RuntimeTurn> come() {
    return come;
  }

  /** The time of day when it came; the epoch before that. */
  public Instant began() {
    return Instant.ofEpochMilli(began);
  }

  void begin() {
    stopWaiting();
    began = System.currentTimeMillis();
    come.complete(this);
  }

  /**
   * Runs the runtime, see {@link OciRuntime#start}; once, when the turn has come. The turn is over
   * when the run is, or if it cannot be started.
   */
  public RuntimeRun start(RuntimeCall call) throws IOException {
    unkillable.dueAfter(call.deadline().plus(UNKILLABLE));
    try {
      run = runtime.start(use, call);
    } catch (IOException | RuntimeException | Error failed) {
      over();
      throw failed;
    }
    lookAtRun.dueWhen(run.exited());
    return run;
  }

  private void lookAtRun() {
    if (run.exited().isDone()) {
      over();
    } else {
      lookAtRun.dueWhen(run.exited());
    }
  }

  /** Ends it before a run was started: {@link #come} fails if it has not come yet. */
  public void giveUp(String because) {
    stopWaiting();
    over();
    come.completeExceptionally(new IOException(because));
  }

  // Done again when it throws for want of memory: others wait for this.
  private void over() {
    unkillable.cancel();
    turns.remove(this);
  }

  private void stopWaiting() {
    patience.cancel();
  }
}
