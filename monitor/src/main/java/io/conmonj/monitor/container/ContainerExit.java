package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.monitor.container.OwedSteps.Step;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.PipeWriter;
import java.util.ArrayList;
import java.util.List;
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
  private final ExitSteps told;
  private final Drain drain;

  /**
   * @param told the steps that have nothing to do with its streams
   */
  ContainerExit(
      LaunchContext context,
      CreateContainer spec,
      ProcessStreams streams,
      ContainerOutput output,
      ExitSteps told) {
    this.context = context;
    this.spec = spec;
    this.streams = streams;
    this.output = output;
    this.told = told;
    this.drain = new Drain(context.loop(), context.limits().containerDrain(), streams.readers());
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
    steps.addAll(told.before(from));
    if (from.isBefore(ExitPhase.LOGGED)) {
      steps.add(new Step("drain output", this::drain));
      steps.add(new Step("close log", () -> output.closeLog(context.limits().logFlush())));
      steps.add(told.note(ExitPhase.LOGGED));
    }
    steps.addAll(told.after(from, exitCode));
    if (streams instanceof ProcessStreams.Missing missing) {
      steps.add(Step.of("let streams go", missing::hangUp));
    }
    steps.add(Step.of("close descriptors", () -> spec.leakFds().forEach(Fd::close)));
    return steps;
  }

  static int code(ExitStatus status, Throwable lost) {
    return lost == null ? status.toCode() : ExecSyncResult.STATUS_LOST;
  }

  private CompletableFuture<Boolean> drain() {
    output.ending();
    drain.start();
    return drain.done();
  }
}
