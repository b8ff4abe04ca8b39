package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.container.OwedSteps.Step;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.stdio.OutputListener;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.Subscription;
import java.io.IOException;
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

  private final CreateContainer spec;
  private final ExecProcesses execs;
  private final Launched launched;
  private final ContainerOutput output;
  private final CompletableFuture<Boolean> stdinOnce;
  private final NetworkNamespace network;
  private final Optional<KnownNetwork> knownNetwork;
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private final long created = System.nanoTime();
  private int exitCode;
  private boolean oomKilled;
  private ContainerState state = new ContainerState.Running();

  Container(CreateContainer spec, ExecProcesses execs, Creation.Created created) {
    this.spec = spec;
    this.execs = execs;
    this.launched = created.launched();
    this.output = created.output();
    this.stdinOnce = created.stdinOnce();
    this.network = NetworkNamespace.of(launched.process());
    this.knownNetwork = network.known();
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
    return network.open();
  }

  /** What network namespace it was created in; good also after its end, when it is not held. */
  Optional<KnownNetwork> knownNetwork() {
    return knownNetwork;
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
    return stdinOnce.getNow(false);
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

  /** What its logs have done so far. */
  public LogStatistics logged() {
    return output.logged();
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

  /** Completes with the exit code, or 128 + signal number, once the exit has been recorded. */
  public CompletableFuture<Integer> exited() {
    return exited;
  }

  /** Kills its first process, and with it all others if it has a pid namespace. */
  public void kill() {
    launched.process().signalGroup(Signal.KILL);
  }

  /**
   * Begins to follow its output and to wait for its end.
   *
   * @param oomKills counts its own since it was created
   * @param call the span in which it was created; empty where nothing is traced
   * @param forget what is done last of all, when those who wait for {@link #exited} are told
   */
  void start(LaunchContext context, OomKills oomKills, Optional<Span> call, Runnable forget) {
    Optional<ContainerSpans> spans =
        call.isPresent()
            ? Optional.of(new ContainerSpans(call.get(), pid(), stdin().isPresent(), oomKills))
            : Optional.empty();
    ContainerExit exit =
        new ContainerExit(context, spec, launched.streams(), output, oomKills, spans);
    List<Step> steps = new ArrayList<>();
    steps.add(Step.of("close network namespace", this::ending));
    steps.addAll(exit.steps(() -> exitCode));
    steps.add(Step.of("log the end", () -> logEnd(exit.oomKilled())));
    if (spans.isPresent()) {
      steps.addFirst(Step.of("trace the exit", () -> spans.get().exited(exitCode)));
      steps.add(Step.of("trace the end", spans.get()::ended));
    }
    steps.add(Step.of("end followers", output.hub()::close));
    steps.add(Step.of("tell the end", () -> exited.complete(exitCode)));
    steps.add(Step.of("forget", forget));
    OwedSteps end = new OwedSteps(context.loop(), id(), steps);
    output.start(launched.streams(), spans);
    var _ =
        launched
            .process()
            .exited()
            .handle(
                (status, lost) -> {
                  exitCode = ContainerExit.code(status, lost);
                  end.begin();
                  return null;
                });
  }

  private void ending() {
    state = new ContainerState.Ending(exitCode);
    network.close();
  }

  /** Whether any of its processes was killed for lack of memory; known once it has exited. */
  boolean oomKilled() {
    return oomKilled;
  }

  private void logEnd(boolean wasOomKilled) {
    oomKilled = wasOomKilled;
    state = new ContainerState.Exited(exitCode);
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, id())
        .addKeyValue("exit_code", exitCode)
        .addKeyValue("oom_killed", oomKilled)
        .log(
            "container {} ended, pid {}: exit code {}{}, {} bytes logged, {} lost, {} dropped, {} ms",
            id(),
            pid(),
            exitCode,
            oomKilled ? ", OOM killed" : "",
            output.logged().bytesWritten(),
            output.logged().bytesLost(),
            output.logged().bytesDropped(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - created));
  }
}
