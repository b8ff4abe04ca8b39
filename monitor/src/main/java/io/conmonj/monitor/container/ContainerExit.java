package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.monitor.container.OwedSteps.Step;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.PipeWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/**
 * The end of one container, in the one order that never announces an exit before everything that
 * belongs to it is in place: OOM kills counted, output drained, log written, OOM files, exit files,
 * cleanup command. Loop thread only.
 */
final class ContainerExit {
  private final LaunchContext context;
  private final CreateContainer spec;
  private final ProcessStreams streams;
  private final ContainerOutput output;
  private final OomKills oomKills;
  private final Drain drain;
  private final CleanupCommand cleanup;
  private final Optional<ContainerSpans> spans;
  private boolean oomKilled;

  ContainerExit(
      LaunchContext context,
      CreateContainer spec,
      ProcessStreams streams,
      ContainerOutput output,
      OomKills oomKills,
      Optional<ContainerSpans> spans) {
    this.context = context;
    this.spec = spec;
    this.streams = streams;
    this.output = output;
    this.oomKills = oomKills;
    this.spans = spans;
    this.drain = new Drain(context.loop(), context.limits().containerDrain(), streams.readers());
    this.cleanup =
        new CleanupCommand(
            context.loop(),
            context.processes(),
            spec.id(),
            context.limits().cleanup(),
            spec.cleanupCommand());
  }

  /** Whether any of its processes was killed for lack of memory; known once that is counted. */
  boolean oomKilled() {
    return oomKilled;
  }

  /**
   * What is to be done.
   *
   * @param exitCode what is told; asked for when it comes to that
   */
  List<Step> steps(IntSupplier exitCode) {
    return List.of(
        Step.of("close input", () -> streams.stdin().ifPresent(PipeWriter::close)),
        Step.of("count OOM kills", this::countOomKills),
        new Step("drain output", this::drain),
        new Step("close log", () -> output.closeLog(context.limits().logFlush())),
        new Step("write exit files", () -> record(exitCode.getAsInt())),
        new Step("run cleanup command", cleanup::run),
        Step.of("close descriptors", () -> spec.leakFds().forEach(Fd::close)));
  }

  /** At once, while its cgroup is still there for certain. */
  private void countOomKills() {
    oomKilled |= oomKills.any();
    if (spans.isPresent()) {
      spans.get().oomKillsCounted(oomKilled);
    }
  }

  static int code(ExitStatus status, Throwable lost) {
    return lost == null ? status.toCode() : ExecSyncResult.STATUS_LOST;
  }

  private CompletableFuture<Boolean> drain() {
    output.ending();
    drain.start();
    return drain.done();
  }

  private CompletableFuture<Void> record(int exitCode) {
    List<String> oomPaths = oomKilled ? spec.oomExitPaths() : List.of();
    CompletableFuture<Void> recorded =
        context.exits().record(spec.id(), spec.exitPaths(), exitCode, oomPaths);
    if (spans.isPresent()) {
      spans.get().recording(spec.exitPaths(), oomPaths, recorded);
    }
    return recorded;
  }
}
