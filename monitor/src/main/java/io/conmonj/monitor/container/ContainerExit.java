package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.PipeWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of one container, in the one order that never announces an exit before everything that
 * belongs to it is in place: OOM kills counted, output drained, log written, OOM files, exit files,
 * cleanup command. When there is no memory for a step, all is done again a little later. Loop
 * thread only.
 */
final class ContainerExit {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerExit.class);

  /** Long enough for what holds the memory to have been ended. */
  private static final Duration MEMORY_RETRY = Duration.ofMillis(200);

  private final LaunchContext context;
  private final CreateContainer spec;
  private final OomKills oomKills;
  private boolean oomKilled;

  ContainerExit(LaunchContext context, CreateContainer spec, OomKills oomKills) {
    this.context = context;
    this.spec = spec;
    this.oomKills = oomKills;
  }

  /** Whether any of its processes was killed for lack of memory; known once this has run. */
  boolean oomKilled() {
    return oomKilled;
  }

  /** Completes when all is done; what fails on the way is logged and does not stop the rest. */
  CompletableFuture<Void> run(int exitCode, ProcessStreams streams, ContainerOutput output) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    run(exitCode, streams, output, over);
    return over;
  }

  private void run(
      int exitCode, ProcessStreams streams, ContainerOutput output, CompletableFuture<Void> over) {
    var _ =
        steps(exitCode, streams, output)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    over.complete(null);
                  } else {
                    context
                        .loop()
                        .contain("container's exit has to wait for memory", cause(failure));
                    context
                        .loop()
                        .schedule(MEMORY_RETRY, () -> run(exitCode, streams, output, over));
                  }
                });
  }

  private CompletableFuture<Void> steps(
      int exitCode, ProcessStreams streams, ContainerOutput output) {
    streams.stdin().ifPresent(PipeWriter::close);
    return step("count OOM kills", this::countOomKills)
        .thenCompose(next -> step("drain output", () -> drain(streams, output)))
        .thenCompose(next -> step("close log", () -> output.closeLog(context.limits().logFlush())))
        .thenCompose(next -> step("write exit files", () -> record(exitCode)))
        .thenCompose(next -> step("run cleanup command", this::cleanup))
        .thenRun(() -> spec.leakFds().forEach(Fd::close));
  }

  /** At once, while its cgroup is still there for certain. */
  private CompletableFuture<Void> countOomKills() {
    oomKilled |= oomKills.any();
    return CompletableFuture.completedFuture(null);
  }

  static int code(ExitStatus status, Throwable lost) {
    return lost == null ? status.toCode() : ExecSyncResult.STATUS_LOST;
  }

  private CompletableFuture<Boolean> drain(ProcessStreams streams, ContainerOutput output) {
    output.ending();
    return Drain.start(context.loop(), context.limits().containerDrain(), streams.readers()).done();
  }

  private CompletableFuture<Void> record(int exitCode) {
    return context
        .exits()
        .record(spec.id(), spec.exitPaths(), exitCode, oomKilled ? spec.oomExitPaths() : List.of());
  }

  private CompletableFuture<Void> cleanup() {
    return new CleanupCommand(context.loop(), context.processes(), context.limits().cleanup())
        .run(spec.cleanupCommand());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
  }

  private CompletableFuture<Void> step(String name, Supplier<CompletableFuture<?>> work) {
    CompletableFuture<?> running;
    try {
      running = work.get();
    } catch (OutOfMemoryError tight) {
      return CompletableFuture.failedFuture(tight);
    } catch (RuntimeException | Error thrown) {
      // Whatever goes wrong in one step, the next ones are still owed to those who wait for them.
      running = CompletableFuture.failedFuture(thrown);
    }
    return running.handle(
        (done, failure) -> {
          if (cause(failure) instanceof OutOfMemoryError tight) {
            throw tight;
          }
          if (failure != null) {
            LOG.error("{} of container {}", name, spec.id(), failure);
          }
          return null;
        });
  }
}
