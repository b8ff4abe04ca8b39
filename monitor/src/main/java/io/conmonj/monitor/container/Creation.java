package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.log.FanOutLog;
import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogOwner;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.oci.BundleInput;
import io.conmonj.monitor.oci.RuntimeUse;
import io.conmonj.monitor.stdio.OutputHub;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The making of one container: its exit paths are looked at and its logs opened, then the runtime
 * is called. After a failure nothing is left of it, neither here nor with the runtime. Loop thread
 * only.
 */
final class Creation {
  private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

  private static final boolean KEEP_PID_FILE = false;

  private final LaunchContext context;
  private final long number;
  private final CreateContainer spec;
  private final List<LogDriver> logs = new ArrayList<>();
  private final CompletableFuture<Created> result = new CompletableFuture<>();
  private final Duty tooLate;
  private final Duty lookAtLaunch;
  private final Duty fail;
  private Optional<Launch> launch = Optional.empty();
  private CompletableFuture<Launched> launched;
  private Throwable reason;
  private boolean waitingForLog;
  private boolean removing;
  private Optional<Instant> began = Optional.empty();
  private Optional<String> aborted = Optional.empty();
  private CompletableFuture<Boolean> stdinOnce = CompletableFuture.completedFuture(false);

  /**
   * What was made.
   *
   * @param stdinOnce whether its bundle says so; completes when that has been read
   */
  record Created(Launched launched, ContainerOutput output, CompletableFuture<Boolean> stdinOnce) {}

  /**
   * @param number the serial number that the container is to have
   */
  Creation(LaunchContext context, long number, CreateContainer spec) {
    this.context = context;
    this.number = number;
    this.spec = spec;
    this.tooLate = context.loop().duty(this::tooLate);
    this.lookAtLaunch = context.loop().duty(this::lookAtLaunch);
    this.fail = context.loop().duty(this::fail);
  }

  /** Completes on the loop thread. */
  CompletableFuture<Created> result() {
    return result;
  }

  /** The serial number that the container is to have. */
  long number() {
    return number;
  }

  /** What is to be removed should this worker die now; empty while the runtime is not called. */
  Optional<PendingLaunch> pending() {
    return began.isPresent()
        ? Optional.of(new PendingLaunch(number, spec.arguments(), began.get()))
        : Optional.empty();
  }

  /** Starts it; nothing is thrown. */
  void start() {
    guarded(this::begin);
  }

  private void begin() {
    if (spec.exitPaths().isEmpty() && spec.oomExitPaths().isEmpty()) {
      openNextLog();
      return;
    }
    tooLate.dueAfter(context.limits().files());
    var _ =
        context
            .loop()
            .offload("exit-paths", this::checkExitPaths)
            .handle(
                (done, failure) -> {
                  guarded(() -> onExitPaths(failure));
                  return null;
                });
  }

  // A future would keep what its callback throws to itself, and the creation would never end.
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error unexpected) {
      fail(unexpected);
    }
  }

  /** On a thread of its own. */
  private Void checkExitPaths() throws IOException {
    for (String path : spec.exitPaths()) {
      ExitFiles.check(path);
    }
    for (String path : spec.oomExitPaths()) {
      ExitFiles.check(path);
    }
    return null;
  }

  private void tooLate() {
    fail(
        new IOException(
            waitingForLog
                ? "open log of container: the disk does not answer"
                : "look at exit paths of container: the disk does not answer"));
  }

  private void onExitPaths(Throwable failure) {
    tooLate.cancel();
    if (failure != null) {
      fail(failure);
    } else if (!result.isDone()) {
      openNextLog();
    }
  }

  /** Completes when it is over, with or without a container. */
  CompletableFuture<Void> over() {
    return result.handle((created, failure) -> null);
  }

  /** Ends it early, if it has not ended by itself. */
  void abort(String because) {
    aborted = Optional.of(because);
    launch.ifPresent(it -> it.abort(because));
  }

  /** Closes what was handed over, instead of starting. */
  void discard() {
    spec.additionalFds().forEach(Fd::close);
    spec.leakFds().forEach(Fd::close);
  }

  private void openNextLog() {
    if (aborted.isPresent()) {
      fail(new IOException("create container: " + aborted.get()));
    } else if (logs.size() < spec.logs().size()) {
      waitingForLog = true;
      tooLate.dueAfter(context.limits().files());
      LogOpener next = spec.logs().get(logs.size());
      LogMemory memory = new LogMemories(context).create(number, logs.size(), next);
      var _ =
          next.open(memory)
              .handle(
                  (log, failure) -> {
                    guarded(() -> onLog(log, failure));
                    if (failure != null) {
                      memory.close();
                    }
                    return null;
                  });
    } else {
      callRuntime();
    }
  }

  private void onLog(LogDriver log, Throwable failure) {
    tooLate.cancel();
    if (failure != null) {
      fail(failure);
      return;
    }
    logs.add(log);
    if (result.isDone()) {
      closeLogs();
    } else {
      openNextLog();
    }
  }

  private void callRuntime() {
    began = Optional.of(Instant.now());
    var _ =
        context
            .keeping()
            .changed()
            .handle(
                (kept, failure) -> {
                  guarded(() -> onKept(failure));
                  return null;
                });
  }

  /** Should this worker die, the next one knows what to remove. */
  private void onKept(Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else if (aborted.isPresent()) {
      fail(new IOException("create container: " + aborted.get()));
    } else {
      launch();
    }
  }

  private void launch() {
    if (spec.stdin() && !spec.terminal()) {
      // It runs at the same time as the runtime, which takes longer: so nobody waits for it.
      stdinOnce =
          context
              .loop()
              .offload("bundle", () -> BundleInput.isOnce(spec.arguments().bundle()))
              .exceptionally(
                  unreadable -> {
                    LOG.debug("read bundle of container {}", spec.id(), unreadable);
                    return false;
                  });
    }
    Launch started =
        new Launch(
            context,
            new LaunchRequest(
                RuntimeUse.CREATE,
                spec.id(),
                "create",
                console -> context.runtime().commands().create(spec.arguments(), console),
                spec.arguments().pidFile(),
                KEEP_PID_FILE,
                spec.terminal(),
                spec.stdin(),
                Optional::empty,
                spec.environment(),
                spec.additionalFds(),
                context.limits().runtime().create()));
    launch = Optional.of(started);
    launched = started.start();
    lookAtLaunch.perform();
  }

  private void lookAtLaunch() {
    if (!launched.isDone()) {
      lookAtLaunch.dueWhen(launched);
    } else if (!result.isDone() && !removing) {
      Throwable failure = launched.isCompletedExceptionally() ? launched.exceptionNow() : null;
      onLaunched(failure == null ? launched.resultNow() : null, failure);
    }
  }

  // Done again when it throws for want of memory.
  private void onLaunched(Launched made, Throwable failure) {
    if (failure != null) {
      removeLeftovers(launch.orElseThrow(), failure);
      return;
    }
    OutputHub hub =
        new OutputHub(
            context.replayBytes(), context.memory().replay(), context.memory().followers());
    LogDriver log =
        context.logRate().limit(context.loop(), new LogOwner(spec.id()), new FanOutLog(logs));
    result.complete(
        new Created(made, new ContainerOutput(context.loop(), spec.id(), log, hub), stdinOnce));
  }

  /**
   * Has the runtime remove what is left of the container. The creation fails only when that is
   * over, so that whoever then asks again with the same id finds it free.
   */
  private void removeLeftovers(Launch failed, Throwable failure) {
    Leftovers leftovers = new Leftovers(context, spec.arguments());
    CompletableFuture<Void> removed;
    if (failed.made()) {
      removed = leftovers.remove();
    } else if (failed.cutOff().isPresent()) {
      removed = leftovers.removeIfMadeBy(failed.cutOff().get(), failed.began());
    } else {
      fail(failure);
      return;
    }
    removing = true;
    reason = failure;
    var _ =
        removed.handle(
            (done, ignored) -> {
              fail.perform();
              return null;
            });
  }

  private void fail(Throwable why) {
    if (reason == null) {
      reason = why;
    }
    fail.perform();
  }

  private void fail() {
    if (!result.isDone()) {
      discard();
      closeLogs();
      result.completeExceptionally(reason);
    }
  }

  private void closeLogs() {
    for (LogDriver log : logs) {
      var _ = log.close(context.limits().logFlush());
    }
    logs.clear();
    LogMemories.withdraw(number, spec.logs().size(), context.keeping());
  }
}
