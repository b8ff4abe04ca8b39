package io.conmonj.monitor.container;

import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One container's exit on its way into its files, tried until it is there. A directory that is not
 * there, which may have been removed while the monitor slept, is waited for as long as the end of a
 * container would be; that end waits for none of it. Loop thread only.
 */
final class ExitRecording {
  private static final Logger LOG = LoggerFactory.getLogger(ExitRecording.class);

  private static final long FIRST_RETRY = Duration.ofMillis(100).toNanos();
  private static final long LAST_RETRY = Duration.ofSeconds(10).toNanos();

  private final EventLoop loop;
  private final String id;
  private final int exitCode;
  private final ExitFiles files;
  private final CompletableFuture<Void> recorded = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Duty goOn;
  private final Duty patience;

  // those that are left
  private List<String> paths;
  private List<String> oomPaths;

  private String lastFailure = "the disk does not answer";
  private long retry = FIRST_RETRY;
  private int attempts;

  /** The attempt that is being made, if one is. */
  private CompletableFuture<ExitFiles.Attempt> attempt;

  /** Whether all that is left lacks its directory, as the latest attempt has found. */
  private boolean homeless;

  /** Whether the container's end waits no longer. */
  private boolean late;

  /** Whether the next attempt is the last. */
  private boolean last;

  private boolean ending;
  private boolean cancelled;

  ExitRecording(
      EventLoop loop, String id, List<String> paths, int exitCode, List<String> oomPaths) {
    this.loop = loop;
    this.id = id;
    this.paths = paths;
    this.oomPaths = oomPaths;
    this.exitCode = exitCode;
    this.files = new ExitFiles(paths, exitCode, oomPaths);
    this.goOn = loop.duty(this::goOn);
    this.patience = loop.duty(this::waitNoLonger);
  }

  /**
   * Starts; takes no memory.
   *
   * @param limit after which the container's end waits no longer, while this goes on, but for
   *     directories that are not there
   * @param monitorEnds whether the monitor ends, so that there is one more attempt at most
   */
  void start(Duration limit, boolean monitorEnds) {
    ending = monitorEnds;
    patience.dueAfter(limit);
    goOn.perform();
  }

  private void waitNoLonger() {
    late = true;
    if (homeless) {
      last = true;
      goOn.perform();
    }
    recorded.completeExceptionally(new IOException(lastFailure + ", tried further"));
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
    last = true;
    goOn.perform();
  }

  /** Somebody else's exit will be told there: it must not be mistaken for this one. */
  void cancel() {
    cancelled = true;
    last = true;
    goOn.perform();
  }

  /** Whether it is to be told at one of these paths. */
  boolean isAtAnyOf(List<String> others) {
    for (String other : others) {
      if (paths.contains(other) || oomPaths.contains(other)) {
        return true;
      }
    }
    return false;
  }

  /** Whose exit it is. */
  String id() {
    return id;
  }

  void writeTo(State.Exit.Builder to) {
    to.setId(id);
    Texts.set(to.initPaths(paths.size()), paths);
    to.setExitCode(exitCode);
    Texts.set(to.initOomPaths(oomPaths.size()), oomPaths);
  }

  private void goOn() {
    if (over.isDone()) {
      return;
    }
    if (attempt == null) {
      begin();
    }
    if (attempt.isDone()) {
      onAttempt();
    } else {
      goOn.dueWhen(attempt);
    }
  }

  private void begin() {
    boolean give = cancelled;
    boolean none = last;
    attempt = loop.offload("exit-files", () -> work(give, none));
    attempts++;
  }

  private ExitFiles.Attempt work(boolean give, boolean last) {
    if (give) {
      files.discard();
      return new ExitFiles.Attempt(List.of(), true);
    }
    return files.attempt(last);
  }

  // Whatever throws here for want of memory is done again with the same attempt.
  private void onAttempt() {
    boolean failed = attempt.isCompletedExceptionally();
    List<String> failures =
        failed
            ? List.of("write exit files: " + attempt.exceptionNow())
            : attempt.resultNow().failures();
    if (!failures.isEmpty()) {
      lastFailure = failures.getFirst();
    }
    // What is thrown is an error of this program, or lack of memory; it may pass as well.
    boolean done = failed ? cancelled : attempt.resultNow().over();
    if (done) {
      end(failures);
      return;
    }
    if (!failed) {
      leave(files.left());
      homeless = files.isHomeless();
    }
    last |= ending || cancelled || (homeless && late);
    if (last) {
      tryAgainAfter(0);
    } else {
      if (attempts == 1) {
        LOG.atWarn()
            .addKeyValue(LogField.CONTAINER, id)
            .log("exit of container {}: {}; trying again", id, lastFailure);
      }
      if (homeless) {
        recorded.complete(null);
      }
      tryAgainAfter(retry);
      retry = Math.min(2 * retry, LAST_RETRY);
    }
  }

  /** What is in its place is not written again by another worker: somebody may have removed it. */
  private void leave(Set<String> left) {
    paths = paths.stream().filter(left::contains).toList();
    oomPaths = oomPaths.stream().filter(left::contains).toList();
  }

  private void tryAgainAfter(long nanos) {
    attempt = null;
    goOn.dueAfter(nanos);
  }

  private void end(List<String> failures) {
    for (String failure : failures) {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id)
          .log("exit of container {}, code {}: {}", id, exitCode, failure);
    }
    if (cancelled) {
      LOG.atWarn()
          .addKeyValue(LogField.CONTAINER, id)
          .log("exit of container {}, code {}, is not told: another was made there", id, exitCode);
    } else if (attempts > 1 && failures.isEmpty()) {
      LOG.atInfo()
          .addKeyValue(LogField.CONTAINER, id)
          .log("exit of container {} recorded at the {}. attempt", id, attempts);
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
