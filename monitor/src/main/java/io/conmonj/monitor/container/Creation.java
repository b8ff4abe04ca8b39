package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.log.FanOutLog;
import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.loop.Timer;
import io.conmonj.monitor.oci.BundleInput;
import io.conmonj.monitor.oci.RuntimeUse;
import io.conmonj.monitor.stdio.OutputHub;
import java.io.IOException;
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
  private final CreateContainer spec;
  private final List<LogDriver> logs = new ArrayList<>();
  private final CompletableFuture<Created> result = new CompletableFuture<>();
  private Optional<Launch> launch = Optional.empty();
  private Optional<String> aborted = Optional.empty();
  private CompletableFuture<Boolean> stdinOnce = CompletableFuture.completedFuture(false);

  /**
   * What was made.
   *
   * @param stdinOnce whether its bundle says so; completes when that has been read
   */
  record Created(Launched launched, ContainerOutput output, CompletableFuture<Boolean> stdinOnce) {}

  Creation(LaunchContext context, CreateContainer spec) {
    this.context = context;
    this.spec = spec;
  }

  /** Completes on the loop thread. */
  CompletableFuture<Created> start() {
    if (spec.exitPaths().isEmpty() && spec.oomExitPaths().isEmpty()) {
      openNextLog();
      return result;
    }
    Timer deadline = context.loop().schedule(context.limits().files(), this::exitPathsAreMissing);
    var _ =
        context
            .loop()
            .offload("exit-paths", this::checkExitPaths)
            .whenComplete(
                (done, failure) -> {
                  deadline.cancel();
                  onExitPaths(failure);
                });
    return result;
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

  private void exitPathsAreMissing() {
    fail(new IOException("look at exit paths of container: the disk does not answer"));
  }

  private void onExitPaths(Throwable failure) {
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
      Timer deadline = context.loop().schedule(context.limits().files(), this::logIsMissing);
      var _ =
          spec.logs()
              .get(logs.size())
              .open()
              .whenComplete(
                  (log, failure) -> {
                    deadline.cancel();
                    onLog(log, failure);
                  });
    } else {
      callRuntime();
    }
  }

  private void logIsMissing() {
    fail(new IOException("open log of container: the disk does not answer"));
  }

  private void onLog(LogDriver log, Throwable failure) {
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
    var _ = started.start().whenComplete(this::onLaunched);
  }

  private void onLaunched(Launched launched, Throwable failure) {
    if (failure == null) {
      OutputHub hub =
          new OutputHub(
              context.replayBytes(), context.memory().replay(), context.memory().followers());
      LogDriver log =
          context.logRate().limit(context.loop(), "container " + spec.id(), new FanOutLog(logs));
      result.complete(new Created(launched, new ContainerOutput(spec.id(), log, hub), stdinOnce));
    } else {
      removeLeftovers(launch.orElseThrow(), failure);
    }
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
    var _ = removed.whenComplete((done, ignored) -> fail(failure));
  }

  private void fail(Throwable reason) {
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
  }
}
