package io.conmonj.monitor.container;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container's exit on its way into its files, tried until it is there. Loop thread only. */
final class ExitRecording {
  private static final Logger LOG = LoggerFactory.getLogger(ExitRecording.class);

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(10);

  private final EventLoop loop;
  private final String id;
  private final List<String> paths;
  private final int exitCode;
  private final ExitFiles files;
  private final CompletableFuture<Void> recorded = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private Duration retry = FIRST_RETRY;
  private Optional<Timer> next = Optional.empty();
  private Timer patience;
  private String lastFailure = "the disk does not answer";
  private int attempts;
  private boolean running;
  private boolean ending;
  private boolean cancelled;

  ExitRecording(
      EventLoop loop, String id, List<String> paths, int exitCode, List<String> oomPaths) {
    this.loop = loop;
    this.id = id;
    this.paths = new ArrayList<>(paths);
    this.paths.addAll(oomPaths);
    this.exitCode = exitCode;
    this.files = new ExitFiles(paths, exitCode, oomPaths);
  }

  /**
   * Starts.
   *
   * @param limit after which the container's end waits no longer, while this goes on
   * @param last whether the monitor ends, so that there is one more attempt at most
   */
  void start(Duration limit, boolean last) {
    ending = last;
    patience =
        loop.schedule(
            limit,
            () -> recorded.completeExceptionally(new IOException(lastFailure + ", tried further")));
    attempt(false);
  }

  /** Completes when the container's end need not wait for it any more. */
  CompletableFuture<Void> recorded() {
    return recorded;
  }

  /** Completes when it is over. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** The monitor ends: tries once more, at once. */
  void tryOnceMore() {
    ending = true;
    if (!running) {
      attempt(true);
    }
  }

  /** Somebody else's exit will be told there: it must not be mistaken for this one. */
  void cancel() {
    cancelled = true;
    if (!running) {
      attempt(true);
    }
  }

  /** Whether it is to be told at one of these paths. */
  boolean isAtAnyOf(List<String> others) {
    for (String path : paths) {
      if (others.contains(path)) {
        return true;
      }
    }
    return false;
  }

  private void attempt(boolean last) {
    next.ifPresent(Timer::cancel);
    running = true;
    attempts++;
    boolean give = cancelled;
    var _ = loop.offload("exit-files", () -> work(give, last)).whenComplete(this::onAttempt);
  }

  private ExitFiles.Attempt work(boolean give, boolean last) {
    if (give) {
      files.discard();
      return new ExitFiles.Attempt(List.of(), true);
    }
    return files.attempt(last);
  }

  private void onAttempt(ExitFiles.Attempt attempt, Throwable thrown) {
    running = false;
    List<String> failures =
        thrown == null ? attempt.failures() : List.of("write exit files: " + thrown);
    if (!failures.isEmpty()) {
      lastFailure = failures.getFirst();
    }
    // What is thrown is an error of this program, or lack of memory; it may pass as well.
    boolean done = thrown == null ? attempt.over() : cancelled;
    if (done) {
      end(failures);
    } else if (ending || cancelled) {
      attempt(true);
    } else {
      tryAgain();
    }
  }

  private void tryAgain() {
    if (attempts == 1) {
      LOG.warn("exit of container {}: {}; trying again", id, lastFailure);
    }
    next = Optional.of(loop.schedule(retry, () -> attempt(false)));
    retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
  }

  private void end(List<String> failures) {
    for (String failure : failures) {
      LOG.error("exit of container {}, code {}: {}", id, exitCode, failure);
    }
    if (cancelled) {
      LOG.warn("exit of container {}, code {}, is not told: another was made there", id, exitCode);
    } else if (attempts > 1 && failures.isEmpty()) {
      LOG.info("exit of container {} recorded at the {}. attempt", id, attempts);
    }
    patience.cancel();
    recorded.complete(null);
    over.complete(null);
  }

  @Override
  public String toString() {
    return "exit of container "
        + id
        + ", code "
        + exitCode
        + ", after "
        + attempts
        + " attempts: "
        + lastFailure;
  }
}
