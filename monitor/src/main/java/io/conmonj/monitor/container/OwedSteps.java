package io.conmonj.monitor.container;

import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is owed to a container at its end, one after the other. A step for which there is no memory
 * is begun again a little later, so it has to bear that; one that fails for another reason is
 * logged, and the next one is taken all the same: somebody waits for the last. Loop thread only.
 *
 * <p>Not a chain of futures, of which each link takes memory when the one before it is over, and
 * breaks for all that follow when there is none.
 */
final class OwedSteps {
  private static final Logger LOG = LoggerFactory.getLogger(OwedSteps.class);
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final String container;
  private final List<Step> steps;
  private final Duty goOn;
  private int next;

  /** The step that is being taken, if one is. */
  private CompletableFuture<?> running;

  /**
   * One of them.
   *
   * @param name what is done, for messages
   * @param work begins it, and gives what completes when it is over
   */
  record Step(String name, Supplier<CompletableFuture<?>> work) {
    /** One that is over when it returns. */
    static Step of(String name, Runnable work) {
      return new Step(
          name,
          () -> {
            work.run();
            return DONE;
          });
    }
  }

  /**
   * @param container the id of that whose end it is, for messages
   */
  OwedSteps(EventLoop loop, String container, List<Step> steps) {
    this.container = container;
    this.steps = List.copyOf(steps);
    this.goOn = loop.duty(this::goOn);
  }

  /** Begins; takes no memory that it could not do without. */
  void begin() {
    goOn.perform();
  }

  private void goOn() {
    while (next < steps.size()) {
      Step step = steps.get(next);
      if (running == null) {
        running = begin(step);
      }
      if (!running.isDone()) {
        goOn.dueWhen(running);
        return;
      }
      over(step);
      running = null;
      next++;
    }
  }

  private static CompletableFuture<?> begin(Step step) {
    try {
      return step.work().get();
    } catch (OutOfMemoryError tight) {
      throw tight;
    } catch (RuntimeException | Error thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private void over(Step step) {
    if (!running.isCompletedExceptionally()) {
      return;
    }
    Throwable failure = running.exceptionNow();
    if (cause(failure) instanceof OutOfMemoryError tight) {
      running = null;
      throw tight;
    }
    LOG.atError()
        .addKeyValue(LogField.CONTAINER, container)
        .setCause(failure)
        .log("{} of container {}", step.name(), container);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
  }
}
