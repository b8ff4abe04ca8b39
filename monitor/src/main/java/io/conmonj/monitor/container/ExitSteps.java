package io.conmonj.monitor.container;

import io.conmonj.monitor.container.OwedSteps.Step;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.PatientWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done at the end of a container, whether its output is read here or was another monitor's:
 * OOM kills counted, OOM files and exit files written, cleanup command run. Each is noted, so that
 * no worker does it again. Loop thread only.
 */
final class ExitSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ExitSteps.class);

  /** Who notes what is done, so that it is not done again. */
  @FunctionalInterface
  interface Progress {
    /**
     * All up to this phase is done.
     *
     * @param cleanup of the cleanup command
     */
    void reached(ExitPhase phase, boolean oomKilled, CleanupRun cleanup);
  }

  private final LaunchContext context;
  private final CreateContainer spec;
  private final OomKills oomKills;
  private final CleanupCommand cleanup;
  private final Optional<ContainerSpans> spans;
  private final Progress progress;
  private boolean oomKilled;

  /**
   * @param begun what there is of its end already
   * @param spans of the container; empty where nothing is traced
   * @param progress is told of each phase, before it is kept
   */
  ExitSteps(
      LaunchContext context,
      CreateContainer spec,
      OomKills oomKills,
      ContainerEnd begun,
      Optional<ContainerSpans> spans,
      Progress progress) {
    this.context = context;
    this.spec = spec;
    this.oomKills = oomKills;
    this.oomKilled = begun.oomKilled();
    this.spans = spans;
    this.progress = progress;
    this.cleanup =
        new CleanupCommand(
            context.loop(),
            context.processes(),
            spec.id(),
            context.limits().cleanup(),
            spec.cleanupCommand(),
            begun.cleanup());
  }

  /**
   * What comes before its output is drained.
   *
   * @param from what is done already
   */
  List<Step> before(ExitPhase from) {
    return from.isBefore(ExitPhase.OOM_KILLS_COUNTED)
        ? List.of(
            Step.of("count OOM kills", this::countOomKills), note(ExitPhase.OOM_KILLS_COUNTED))
        : List.of();
  }

  /**
   * What comes when its log is closed.
   *
   * @param from what is done already
   * @param exitCode what is told; asked for when it comes to that
   */
  List<Step> after(ExitPhase from, IntSupplier exitCode) {
    List<Step> steps = new ArrayList<>();
    if (from.isBefore(ExitPhase.RECORDED)) {
      steps.add(new Step("write exit files", () -> record(exitCode.getAsInt())));
      // Who has seen its files may take them away: they must not come again.
      steps.add(new Step("keep what is done", () -> reached(ExitPhase.RECORDED)));
    }
    if (from.isBefore(ExitPhase.CLEANED_UP) || cleanup.isStarted()) {
      // It is started only once the next worker would look for it under its tag.
      steps.add(new Step("run cleanup command", this::cleanUp));
    }
    return steps;
  }

  /** That all up to a phase is done, which may be done again. */
  Step note(ExitPhase phase) {
    return Step.of(
        "note what is done",
        () -> {
          var _ = reached(phase);
        });
  }

  /**
   * @return completes when no worker does it again
   */
  private CompletableFuture<Void> reached(ExitPhase phase) {
    if (phase == ExitPhase.RECORDED) {
      cleanup.announce();
    }
    progress.reached(phase, oomKilled, cleanup.run());
    return context.keeping().changed();
  }

  /** At once, while its cgroup is still there for certain. */
  private void countOomKills() {
    oomKilled |= oomKills.any();
    if (spans.isPresent()) {
      spans.get().oomKillsCounted(oomKilled);
    }
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

  /**
   * It outlives this worker, and the one after this waits for it then. What is noted before it is
   * started says under which tag the holder has it, if it was; and once it was, that it is not to
   * be started any more, before the holder may forget it.
   */
  private CompletableFuture<Void> cleanUp() {
    if (cleanup.isAnnounced()) {
      return startCleanUp();
    }
    return reached(ExitPhase.RECORDED)
        .handle((kept, failure) -> null)
        .thenCompose(announced -> startCleanUp());
  }

  /** It is owed: where too little is left to start it now, it is tried for a while. */
  private CompletableFuture<Void> startCleanUp() {
    return PatientWork.begin(context.loop(), context.limits().files(), cleanup::start)
        .exceptionally(this::notStarted)
        .thenCompose(
            begun -> {
              var _ =
                  reached(ExitPhase.CLEANED_UP)
                      .handle(
                          (kept, failure) -> {
                            cleanup.noted();
                            return null;
                          });
              return cleanup.end();
            });
  }

  private Void notStarted(Throwable why) {
    if (why instanceof Error noMemory) {
      throw noMemory;
    }
    LOG.atError()
        .addKeyValue(LogField.CONTAINER, spec.id())
        .setCause(why)
        .log("run cleanup command");
    return null;
  }
}
