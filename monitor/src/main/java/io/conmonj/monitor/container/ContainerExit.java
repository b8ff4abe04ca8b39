package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.PipeWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of one container, in the one order that never announces an exit before everything that
 * belongs to it is in place: output drained, logs written, memory shortage recorded, exit files,
 * cleanup command. Loop thread only.
 */
final class ContainerExit {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerExit.class);

  private final LaunchContext around;
  private final CreateContainer spec;
  private final OomRecorder oom;

  ContainerExit(LaunchContext around, CreateContainer spec, OomRecorder oom) {
    this.around = around;
    this.spec = spec;
    this.oom = oom;
  }

  /** Completes when all is done; what fails on the way is logged and does not stop the rest. */
  CompletableFuture<Void> run(int exitCode, ProcessStreams streams, ContainerOutput output) {
    streams.stdin().ifPresent(PipeWriter::close);
    return Drain.start(around.loop(), around.limits().containerDrain(), streams.readers())
        .done()
        .thenCompose(complete -> output.closeLog(around.limits().logFlush()))
        .thenCompose(closed -> logged("record out-of-memory", oom.record(spec)))
        .thenCompose(recorded -> writeExitFiles(exitCode))
        .thenCompose(written -> cleanup())
        .whenComplete((done, failure) -> spec.leakFds().forEach(Fd::close));
  }

  static int code(ExitStatus status, Throwable lost) {
    return lost == null ? status.toCode() : ExecSyncResult.STATUS_LOST;
  }

  private CompletableFuture<Void> writeExitFiles(int exitCode) {
    if (spec.exitPaths().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<List<String>> failures =
        around.loop().offload("exit-files", () -> ExitFiles.write(spec.exitPaths(), exitCode));
    return logged(
        "write exit files",
        failures.thenAccept(all -> all.forEach(failure -> LOG.error("{}", failure))));
  }

  private CompletableFuture<Void> cleanup() {
    return new CleanupCommand(around.loop(), around.processes(), around.limits().cleanup())
        .run(spec.cleanupCommand());
  }

  private CompletableFuture<Void> logged(String step, CompletableFuture<Void> work) {
    return work.exceptionally(
        failure -> {
          LOG.error("{} of container {}", step, spec.id(), failure);
          return null;
        });
  }
}
