package io.conmonj.it.pod;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorOptions;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.LogConfig;
import io.conmonj.client.model.UpgradeResult;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A monitor in a directory of its own, with a connection to it, and busybox containers. Closing it
 * stops the monitor and removes the containers.
 */
public final class BusyboxPod implements AutoCloseable {
  /** More than the client's default: a test has a machine seldom to itself. */
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final Duration SLEEP_LIMIT = Duration.ofSeconds(60);

  /** Container ids name cgroups, so they must differ between pods that exist at once. */
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path directory;
  private final Runc runc;
  private final ClientLoop loop;
  private final MonitorOptions options;
  private volatile Monitor monitor;

  private BusyboxPod(
      Path directory, Runc runc, ClientLoop loop, MonitorOptions options, Monitor monitor) {
    this.directory = directory;
    this.runc = runc;
    this.loop = loop;
    this.options = options;
    this.monitor = monitor;
  }

  /** Starts a monitor of the distribution, with runc as its runtime. */
  public static BusyboxPod start(Path directory) throws IOException {
    return start(directory, Runc.find());
  }

  /**
   * Starts a monitor of the distribution.
   *
   * @param directory for all of its files
   * @param runtime the OCI runtime that the monitor calls
   */
  public static BusyboxPod start(Path directory, Path runtime) throws IOException {
    return start(directory, runtime, "stdout", "debug");
  }

  /** Starts a monitor with further flags, with runc as its runtime. */
  public static BusyboxPod startWith(Path directory, String... flags) throws IOException {
    return start(directory, Runc.find(), "stdout", "debug", flags);
  }

  /** Starts a monitor that does not log, with further flags and with runc as its runtime. */
  public static BusyboxPod startQuietly(Path directory, String... flags) throws IOException {
    return start(directory, Runc.find(), "none", "info", flags);
  }

  /** Starts a monitor by another program, which starts the launcher. */
  public static BusyboxPod startBy(Path launcher, Path directory) throws IOException {
    return start(launcher, directory, Runc.find(), "none", "info");
  }

  /** As {@link #startBy(Path, Path)}, logging to systemd's journal, with further flags. */
  public static BusyboxPod startWithJournalBy(Path launcher, Path directory, String... flags)
      throws IOException {
    return start(launcher, directory, Runc.find(), "systemd", "info", flags);
  }

  /** Starts a monitor that logs, by another program, which starts the launcher. */
  public static BusyboxPod startTalking(Path launcher, Path directory) throws IOException {
    return start(launcher, directory, Runc.find(), "stdout", "info");
  }

  private static BusyboxPod start(
      Path directory, Path runtime, String logDriver, String logLevel, String... flags)
      throws IOException {
    return start(Distribution.program("conmonj"), directory, runtime, logDriver, logLevel, flags);
  }

  private static BusyboxPod start(
      Path launcher,
      Path directory,
      Path runtime,
      String logDriver,
      String logLevel,
      String... flags)
      throws IOException {
    Runc runc = new Runc(Runc.find(), directory.resolve("runc"));
    MonitorOptions options =
        new MonitorOptions(
            launcher,
            runtime,
            directory.resolve("run"),
            Optional.of(runc.root()),
            logLevel,
            logDriver,
            List.of(flags),
            Map.of(),
            START_LIMIT);
    ClientLoop loop = new ClientLoop();
    try {
      return new BusyboxPod(directory, runc, loop, options, Monitor.start(loop, options));
    } catch (IOException e) {
      loop.close();
      throw e;
    }
  }

  /** The connection to the monitor. */
  public Monitor monitor() {
    return monitor;
  }

  /**
   * Connects again, for a test that may have broken the connection. If the worker has to start
   * first, a busy machine may need longer for it than the client waits.
   */
  public void reconnect() throws IOException {
    monitor.close();
    long begin = System.nanoTime();
    while (true) {
      try {
        monitor = Monitor.join(loop, options.runtimeDir());
        return;
      } catch (IOException e) {
        boolean late = e.getCause() instanceof TimeoutException;
        if (!late || System.nanoTime() - begin > START_LIMIT.toNanos()) {
          throw e;
        }
      }
    }
  }

  /** Connects again once there is a worker that answers. */
  public void awaitWorker() {
    Await.until("a worker that answers", this::answers);
  }

  private boolean answers() {
    try {
      reconnect();
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Kills the monitor and starts another in its place, as a container runtime does that restarts.
   */
  public void replaceMonitor() throws IOException {
    killMonitor();
    startMonitor();
  }

  /**
   * Kills the monitor's holder, and waits until its worker has ended as well. Which containers
   * another monitor will know is said by {@link PodContainer#awaitWrittenDown}.
   */
  public void killMonitor() {
    List<ProcessFacts> processes = process().all();
    ProcessHandle.of(monitor.processId()).orElseThrow().destroyForcibly();
    Await.until(
        "the end of the monitor", () -> processes.stream().noneMatch(ProcessFacts::isAlive));
    monitor.close();
  }

  /** Kills the monitor's worker, and waits until there is another one; see {@link #awaitWorker}. */
  public void killWorker() {
    long killed = process().worker().pid();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    Await.until(
        "another worker",
        () -> process().findWorker().filter(each -> each.pid() != killed).isPresent());
  }

  /** Has the monitor sleep, and waits until its worker has ended; see {@link #reconnect}. */
  public void sleep() throws IOException {
    if (!monitor.sleep(SLEEP_LIMIT)) {
      throw new AssertionError("monitor " + monitor.processId() + " stays awake");
    }
  }

  /**
   * Has the monitor go on with the programs of another distribution, connects again, and waits
   * until the worker that there was has ended.
   */
  public UpgradeResult upgrade(Path distribution) throws IOException {
    Optional<ProcessFacts> before = process().findWorker();
    UpgradeResult result = Replies.await(monitor.upgrade(Optional.of(distribution)));
    reconnect();
    Await.until(
        "the end of the worker before", () -> before.filter(ProcessFacts::isAlive).isEmpty());
    return result;
  }

  /** Starts another monitor in the place of one that has ended. */
  public void startMonitor() throws IOException {
    monitor = Monitor.start(loop, options);
  }

  /** What carries further connections of the client library. */
  public ClientLoop loop() {
    return loop;
  }

  /** What the monitor was started with. */
  public MonitorOptions options() {
    return options;
  }

  /** The runtime, for what the monitor does not do. */
  public Runc runc() {
    return runc;
  }

  /** The monitor's processes. */
  public MonitorFacts process() {
    return new MonitorFacts(monitor.processId());
  }

  /** A request for a container with pipes, a log and an exit file; not sent yet. */
  public PodContainer container(String... command) throws IOException {
    return container(false, command);
  }

  /** A request for a container with a terminal, a log and an exit file; not sent yet. */
  public PodContainer terminalContainer(String... command) throws IOException {
    return container(true, command);
  }

  /**
   * A request for a container with pipes that takes less to be made: it has the root filesystem of
   * another one, and none of its own.
   */
  public PodContainer containerBeside(PodContainer other, String... command) throws IOException {
    String id = nextId();
    Path home = Files.createDirectories(directory.resolve(id));
    BusyboxBundle bundle =
        new BusyboxBundle(other.home().resolve("bundle"))
            .beside(home.resolve("bundle"), List.of(command));
    return container(id, home, bundle, false);
  }

  private PodContainer container(boolean terminal, String... command) throws IOException {
    String id = nextId();
    Path home = Files.createDirectories(directory.resolve(id));
    BusyboxBundle bundle = BusyboxBundle.create(home.resolve("bundle"), terminal, List.of(command));
    return container(id, home, bundle, terminal);
  }

  private static String nextId() {
    return "conmonj-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  }

  private PodContainer container(String id, Path home, BusyboxBundle bundle, boolean terminal) {
    CreateContainerRequest.Builder request =
        CreateContainerRequest.builder(id, bundle.directory())
            .terminal(terminal)
            .exitPaths(List.of(home.resolve("exit")))
            .logDrivers(List.of(new LogConfig.Cri(home.resolve("log"), 0)));
    return new PodContainer(this, id, home, request);
  }

  /** Returns the container's pid. */
  long create(PodContainer container, UnaryOperator<CreateContainerRequest.Builder> change)
      throws IOException {
    return Replies.await(monitor.createContainer(change.apply(container.request()).build()));
  }

  /** Kills the containers, stops the monitor in order and removes what runc keeps. */
  @Override
  public void close() throws IOException {
    try (loop) {
      boolean ended = monitor.stop(STOP_LIMIT);
      for (String id : runc.list()) {
        runc.delete(id);
      }
      if (!ended) {
        throw new IOException("monitor " + monitor.processId() + " did not end on SIGTERM");
      }
    }
  }
}
