package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.container.OwedSteps.Step;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.state.Bytes;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.OutputListener;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.Subscription;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container, from its creation to the moment its exit has been recorded. Loop thread only. */
public final class Container {
  private static final Logger LOG = LoggerFactory.getLogger(Container.class);

  private final ContainerParts parts;
  private final CreateContainer spec;
  private final ExecProcesses execs;
  private final Launched launched;
  private final ContainerOutput output;
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private ContainerEnd end;
  private int exitCode;
  private ContainerState state;

  Container(ContainerParts parts, ExecProcesses execs) {
    this.parts = parts;
    this.spec = parts.spec();
    this.execs = execs;
    this.launched = parts.launched();
    this.output = parts.output();
    this.end = parts.end();
    this.exitCode = end.exitCode();
    this.state =
        end.phase() == ExitPhase.RUNNING
            ? new ContainerState.Running()
            : new ContainerState.Ending(exitCode);
  }

  /** Its id, as its creator gave it. */
  public String id() {
    return spec.id();
  }

  /** The process id of its first process, as the host sees it. */
  public int pid() {
    return launched.process().pid();
  }

  /** Where it is in its life. */
  public ContainerState state() {
    return state;
  }

  /**
   * The network namespace in which it was created.
   *
   * @return a descriptor that is the caller's to close, and good also after the container's end
   * @throws ContainerEndedException when it has ended
   * @throws IOException when the namespace could not be opened
   */
  public Fd openNetwork() throws IOException {
    checkRunning();
    return parts.network().open();
  }

  /** What network namespace it was created in; good also after its end, when it is not held. */
  Optional<KnownNetwork> knownNetwork() {
    return parts.knownNetwork();
  }

  /**
   * Does nothing as long as its process is there.
   *
   * @throws ContainerEndedException when it has ended
   */
  void checkRunning() throws ContainerEndedException {
    if (state instanceof ContainerState.Ending ending) {
      throw new ContainerEndedException(ending.exitCode());
    }
    if (state instanceof ContainerState.Exited exited) {
      throw new ContainerEndedException(exited.exitCode());
    }
  }

  /** Whether it has a terminal. */
  public boolean terminal() {
    return spec.terminal();
  }

  /** What is written to its first process; empty when it was created without input. */
  public Optional<PipeWriter> stdin() {
    return launched.streams().stdin();
  }

  /**
   * Whether its bundle says that the end of the first attached client's input is the end of its
   * own. False also as long as the bundle could not be read.
   */
  public boolean stdinOnce() {
    return parts.stdinOnce().getNow(false);
  }

  /**
   * Follows its output, beginning with the latest of what is kept for replay. The subscription
   * starts paused.
   *
   * @param maxBehind how many bytes the listener may stay behind before it is cut off
   * @param replayBytes how much is replayed, if so much is kept; 0 for nothing
   */
  public Subscription follow(OutputListener listener, int maxBehind, int replayBytes) {
    return output.hub().subscribe(listener, maxBehind, replayBytes);
  }

  /**
   * As the other one, for a listener that followed in another worker.
   *
   * @param undelivered of its subscription there
   */
  public Subscription follow(OutputListener listener, int maxBehind, byte[] undelivered) {
    return output.hub().subscribe(listener, maxBehind, undelivered);
  }

  /** Writes down what the next worker can use only if nothing happens in between. */
  void handOver(State.Container.Builder to) {
    byte[] replayed = output.hub().replayed();
    Bytes.put(replayed, to.initReplay(replayed.length));
    if (stdin().isPresent()) {
      byte[] waiting = stdin().get().waiting();
      Bytes.put(waiting, to.initWaiting(waiting.length));
    }
  }

  /** Goes on with what {@link #handOver} has written; before {@link #start}. */
  void takeOver(State.Container.Reader from) {
    output.hub().goOn(from.getReplay().toArray());
    if (stdin().isPresent()) {
      stdin().get().goOn(from.getWaiting().toArray());
    }
  }

  /** What its logs have done so far. */
  public LogStatistics logged() {
    return parts.logged().plus(output.logged());
  }

  /** Completes when what has been read from it so far is with the kernel. */
  public CompletableFuture<Void> flushLogs() {
    return output.flushLog();
  }

  /** Completes when all of its logs have been opened anew; fails with the first failure. */
  public CompletableFuture<Void> reopenLogs() {
    return output.reopenLog();
  }

  /**
   * Sets the size of its terminal; it need not have been started.
   *
   * @throws IOException when it has none
   */
  public void resize(WindowSize size) throws IOException {
    launched.streams().resize(size);
  }

  /**
   * Runs a further process in it. Always returns at once; the process says whether it could be
   * started.
   */
  public ExecProcess exec(ExecSpec exec) {
    return execs.start(spec.arguments(), exec);
  }

  /**
   * Runs a command in it to its end. Always returns at once.
   *
   * @param timeout from the moment it runs, after which it is killed; zero for none
   */
  public ExecSyncRun execSync(ExecSpec exec, Duration timeout) {
    return execs.run(spec.arguments(), exec, timeout);
  }

  /** Takes none of its output until {@link #release}: who writes waits. */
  public void hold() {
    output.hold();
  }

  /** Takes its output again. */
  public void release() {
    output.release();
  }

  /** Completes with the exit code, or 128 + signal number, once the exit has been recorded. */
  public CompletableFuture<Integer> exited() {
    return exited;
  }

  /** Kills its first process, and with it all others if it has a pid namespace. */
  public void kill() {
    launched.process().signalGroup(Signal.KILL);
  }

  /**
   * Begins to follow its output and to wait for its end, or goes on with that.
   *
   * @param call the span in which it was created; empty where nothing is traced
   * @param forget what is done last of all, when those who wait for {@link #exited} are told
   */
  void start(LaunchContext context, Optional<Span> call, Runnable forget) {
    Optional<ContainerSpans> spans =
        call.isPresent()
            ? Optional.of(
                new ContainerSpans(call.get(), pid(), stdin().isPresent(), parts.oomKills()))
            : Optional.empty();
    ExitSteps told =
        new ExitSteps(
            context,
            spec,
            parts.oomKills(),
            end,
            spans,
            (phase, killed, cleanup) -> end = end.at(phase, killed, cleanup));
    ContainerExit exit = new ContainerExit(context, spec, launched.streams(), output, told);
    boolean runs = end.phase() == ExitPhase.RUNNING;
    List<Step> steps = new ArrayList<>();
    if (spans.isPresent()) {
      steps.add(Step.of("trace the exit", () -> spans.get().exited(exitCode)));
    }
    if (runs) {
      steps.add(Step.of("note the exit", () -> ended(context.keeping())));
    }
    steps.add(Step.of("close network namespace", this::ending));
    steps.addAll(exit.steps(end.phase(), () -> exitCode));
    steps.add(new Step("keep what is done", context.keeping()::changed));
    steps.add(Step.of("let descriptors go", () -> letGo(context.keeping())));
    steps.add(Step.of("let the holder forget the process", launched.process()::recorded));
    steps.add(Step.of("log the end", this::logEnd));
    if (spans.isPresent()) {
      steps.add(Step.of("trace the end", spans.get()::ended));
    }
    steps.add(Step.of("end followers", output.hub()::close));
    steps.add(Step.of("tell the end", () -> exited.complete(exitCode)));
    steps.add(Step.of("forget", forget));
    OwedSteps owed = new OwedSteps(context.loop(), id(), steps);
    if (end.phase().isBefore(ExitPhase.LOGGED)) {
      output.start(launched.streams(), spans);
    } else {
      launched.streams().hangUp();
    }
    launched.process().keepUntilRecorded();
    if (runs) {
      beginAtExit(owed);
    } else {
      context.loop().duty(owed::begin).due();
    }
  }

  private void beginAtExit(OwedSteps owed) {
    var _ =
        launched
            .process()
            .exited()
            .handle(
                (status, lost) -> {
                  exitCode = ContainerExit.code(status, lost);
                  owed.begin();
                  return null;
                });
  }

  /** Keeps its descriptors for the worker after this one, each for as long as it is needed. */
  void keep(Keeping keeping) {
    launched.streams().keepIn(keeping, parts.prefix());
    parts.network().keepIn(keeping, parts.prefix() + KeptNames.NETWORK);
    LeakedFds.keep(parts, keeping);
  }

  private void letGo(Keeping keeping) {
    LeakedFds.withdraw(parts, keeping);
    LogMemories.withdraw(parts.number(), spec.logs().size(), keeping);
  }

  /** What of it survives this worker. */
  ContainerRecord record() {
    return new ContainerRecord(
        parts.number(),
        spec.arguments(),
        pid(),
        parts.startTime(),
        terminal(),
        spec.stdin(),
        stdinOnce(),
        spec.logRecords(output.log().positions()),
        spec.exitPaths(),
        spec.oomExitPaths(),
        spec.cleanupCommand(),
        spec.leakFds().size(),
        parts.created(),
        parts.oomKills(),
        parts.knownNetwork(),
        end,
        logged(),
        ByteBuffer.wrap(output.log().rate()));
  }

  /** Whether its exit is in its files, or being tried apart from it. */
  boolean recorded() {
    return !end.phase().isBefore(ExitPhase.RECORDED);
  }

  /** The holder, which knows it as well, does not forget it before the end of its end. */
  private void ended(Keeping keeping) {
    end = new ContainerEnd(ExitPhase.ENDED, exitCode, false);
    var _ = keeping.changed();
  }

  private void ending() {
    state = new ContainerState.Ending(exitCode);
    parts.network().close();
  }

  /** Whether any of its processes was killed for lack of memory; known once it has exited. */
  boolean oomKilled() {
    return end.oomKilled();
  }

  private void logEnd() {
    state = new ContainerState.Exited(exitCode);
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, id())
        .addKeyValue("exit_code", exitCode)
        .addKeyValue("oom_killed", oomKilled())
        .log(
            "container {} ended, pid {}: exit code {}{}, {} bytes logged, {} lost, {} dropped, {} ms",
            id(),
            pid(),
            exitCode,
            oomKilled() ? ", OOM killed" : "",
            logged().bytesWritten(),
            logged().bytesLost(),
            logged().bytesDropped(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - parts.created()));
  }
}
