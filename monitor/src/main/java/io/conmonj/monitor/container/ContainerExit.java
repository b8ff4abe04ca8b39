package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.monitor.container.OwedSteps.Step;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.PipeWriter;
import java.util.ArrayList;
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
  /** Who notes what is done, so that it is not done again. */
  @FunctionalInterface
  interface Progress {
    /** All up to this phase is done. */
    void reached(ExitPhase phase, boolean oomKilled);
  }

  private final LaunchContext context;
  private final CreateContainer spec;
  private final ProcessStreams streams;
  private final ContainerOutput output;
  private final OomKills oomKills;
  private final Drain drain;
  private final CleanupCommand cleanup;
  private final Optional<ContainerSpans> spans;
  private final Progress progress;
  private boolean oomKilled;

  /**
   * @param oomKilled whether that has been counted, and was so
   * @param progress is told of each phase
   */
  ContainerExit(
      LaunchContext context,
      CreateContainer spec,
      ProcessStreams streams,
      ContainerOutput output,
      OomKills oomKills,
      Optional<ContainerSpans> spans,
      boolean oomKilled,
      Progress progress) {
    this.context = context;
    this.spec = spec;
    this.streams = streams;
    this.output = output;
    this.oomKills = oomKills;
    this.spans = spans;
    this.oomKilled = oomKilled;
    this.progress = progress;
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
   * @param from what is done already
   * @param exitCode what is told; asked for when it comes to that
   */
  List<Step> steps(ExitPhase from, IntSupplier exitCode) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.of("close input", () -> streams.stdin().ifPresent(PipeWriter::close)));
    if (from.isBefore(ExitPhase.OOM_KILLS_COUNTED)) {
      steps.add(Step.of("count OOM kills", this::countOomKills));
      steps.add(note(ExitPhase.OOM_KILLS_COUNTED));
    }
    if (from.isBefore(ExitPhase.LOGGED)) {
      steps.add(new Step("drain output", this::drain));
      steps.add(new Step("close log", () -> output.closeLog(context.limits().logFlush())));
      steps.add(note(ExitPhase.LOGGED));
    }
    if (from.isBefore(ExitPhase.RECORDED)) {
      steps.add(new Step("write exit files", () -> record(exitCode.getAsInt())));
      steps.add(note(ExitPhase.RECORDED));
    }
    if (from.isBefore(ExitPhase.CLEANED_UP)) {
      steps.add(new Step("run cleanup command", this::cleanUp));
    }
    if (streams instanceof ProcessStreams.Missing missing) {
      steps.add(Step.of("let streams go", missing::hangUp));
    }
    steps.add(Step.of("close descriptors", () -> spec.leakFds().forEach(Fd::close)));
    return steps;
  }

  /** It outlives this worker: so it is noted once it runs, and not only when it has ended. */
  private CompletableFuture<Void> cleanUp() {
    CompletableFuture<Void> over = cleanup.run();
    progress.reached(ExitPhase.CLEANED_UP, oomKilled);
    return over;
  }

  private Step note(ExitPhase phase) {
    return Step.of("note what is done", () -> progress.reached(phase, oomKilled));
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
