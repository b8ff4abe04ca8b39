package io.conmonj.monitor.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Work that is owed to somebody whatever happens, such as to go on with the end of a container. It
 * is made while there is memory; from then on nothing here takes any: neither to have it done, soon
 * or later, nor to do it again, which happens when it has thrown an {@link Error}. So the work has
 * to bear that it is done twice. It runs on the loop thread.
 *
 * <p>A task and a timer of the loop take memory when they are asked for, and are over when they
 * throw: what waits for them then waits for ever.
 */
public final class Duty {
  /** How long until it is done again: long enough for what holds the memory to have been ended. */
  static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Duties duties;
  private final Runnable work;
  private boolean failing;

  // of the list that it is in, if any; kept by Duties
  DutyList list;
  Duty before;
  Duty after;
  long at;
  long pass;

  Duty(Duties duties, Runnable work) {
    this.duties = duties;
    this.work = work;
  }

  /** Has it done in this turn of the loop or the next; once, however often it is called. */
  public void due() {
    duties.add(this);
  }

  /**
   * Has it done later. Does nothing if that is to happen sooner anyway.
   *
   * @param nanos from now
   */
  public void dueAfter(long nanos) {
    duties.add(this, nanos);
  }

  /** As {@link #dueAfter(long)}. */
  public void dueAfter(Duration pause) {
    dueAfter(pause.toNanos());
  }

  /**
   * Has it done when something else is over, however that ends; or earlier, where there is no
   * memory to note that. So the work has to look whether it is over, and call this again if not.
   */
  public void dueWhen(CompletableFuture<?> over) {
    try {
      // What does not fail with the other takes no memory when that fails.
      var _ =
          over.handle(
              (result, failure) -> {
                due();
                return null;
              });
    } catch (OutOfMemoryError tight) {
      dueAfter(AGAIN_NANOS);
    }
  }

  /** Makes sure that it is not done, if it has not been done yet. */
  public void cancel() {
    duties.remove(this);
  }

  /** Does it at once; loop thread only, and nothing is thrown. */
  public void perform() {
    cancel();
    run();
  }

  void run() {
    try {
      work.run();
      failing = false;
    } catch (Throwable failed) {
      if (failed instanceof Error) {
        dueAfter(AGAIN_NANOS);
      }
      duties.contain(failed, failing);
      failing = true;
    }
  }
}
