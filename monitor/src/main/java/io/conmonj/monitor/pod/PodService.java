package io.conmonj.monitor.pod;

import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.container.ContainersConfig;
import io.conmonj.monitor.control.CallsInFlight;
import io.conmonj.monitor.control.ContainerLogs;
import io.conmonj.monitor.control.ControlService;
import io.conmonj.monitor.control.ControlServices;
import io.conmonj.monitor.control.MonitorInfo;
import io.conmonj.monitor.daemon.Doors;
import io.conmonj.monitor.daemon.RuntimeDirectory;
import io.conmonj.monitor.daemon.Service;
import io.conmonj.monitor.daemon.ServiceFactory;
import io.conmonj.monitor.daemon.StartDirectory;
import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.WakeReason;
import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.journal.SystemdDestination;
import io.conmonj.monitor.log.JournalLogs;
import io.conmonj.monitor.log.LogWriter;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.observe.CallLatencies;
import io.conmonj.monitor.observe.MetricsServer;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.oci.OciRuntime;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.session.ContainerBackend;
import io.conmonj.monitor.sleep.Sleeper;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.StateFile;
import io.conmonj.monitor.state.StateKeeper;
import io.conmonj.monitor.state.StateOwner;
import io.conmonj.monitor.stdio.Landing;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.upgrade.Upgradable;
import io.conmonj.monitor.upgrade.Upgrade;
import io.conmonj.monitor.version.BuildFacts;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SpdyPing;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one monitor, put together. Loop thread only. */
public final class PodService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(PodService.class);

  /** Leaves the daemon's own limit room for the sessions to be told. */
  private static final Duration CONTAINERS_END = Duration.ofSeconds(7);

  /** Of a sleep that has no end of its own: whatever there is to do comes over a descriptor. */
  private static final long NO_TIME = 0;

  private final HolderLink link;
  private final Processes processes;
  private final MonitorMemory memory;
  private final Containers containers;
  private final FdSocket fdSocket;
  private final PodNamespaces namespaces;
  private final StreamingServer server;
  private final AttachSockets attachSockets;
  private final ControlService control;
  private final CallLatencies latencies = new CallLatencies();
  private final WakeTime wakeTime;
  private final BuildFacts facts = BuildFacts.load();
  private final OciRuntime runtime;
  private final Welcome welcome;
  private final long startNanos;
  private final Optional<Channel> metricsPort;
  private final Optional<PodTracing> tracing;
  private final Callers callers;
  private final PodSleep sleeper;
  private final PodUpgrade upgrade;
  private final UpgradeHistory upgrades;
  private final EventLoop loop;
  private final StateKeeper state;

  /** Null until somebody asks for metrics. */
  private MetricsServer metrics;

  /** Makes the service of a monitor with these options. */
  public static ServiceFactory factory(PodOptions options) {
    return (link, left, history, directory, loop) ->
        new PodService(options, link, left, history, directory, loop);
  }

  private PodService(
      PodOptions options,
      HolderLink link,
      Inheritance left,
      StateOwner history,
      RuntimeDirectory directory,
      EventLoop loop)
      throws IOException {
    this.loop = loop;
    this.link = link;
    welcome = link.welcome();
    boolean isSuccessor = left.hasState();
    StateFile file =
        isSuccessor
            ? StateFile.resume(loop, directory.stateFile(), left)
            : StateFile.begin(loop, directory.stateFile());
    state = new StateKeeper(loop, link::putState, Optional.of(file));
    state.owner(history);
    upgrades = new UpgradeHistory(welcome, left);
    state.owner(upgrades);
    Keeping keeping = new Keeping(link, state);
    wakeTime = new WakeTime(welcome);
    callers = new Callers(link);
    startNanos = MonitorStart.of(welcome);
    processes = new Processes(loop, link);
    memory = new MonitorMemory(loop);
    tracing =
        options.tracing().isPresent()
            ? Optional.of(PodTracing.open(loop, options.tracing().get(), welcome.pid()))
            : Optional.empty();
    ReadBuffer buffer = new ReadBuffer(memory.output());
    buffer.landing(Landing.restore(left, keeping));
    runtime = new OciRuntime(loop, processes, buffer, options.runtime());
    containers =
        new Containers(
            loop,
            processes,
            runtime,
            buffer,
            ContainersConfig.of(
                directory.path(),
                temporaryDirectory(),
                options.limits(),
                options.attachReplayBytes(),
                options.logRate()),
            memory.containers(),
            spans(),
            keeping);
    fdSocket = new FdSocket(loop, directory.fdSocket(), keeping);
    namespaces = new PodNamespaces(loop, processes, keeping);
    server =
        new StreamingServer(
            loop.netty(),
            EpollServerSocketChannel::new,
            options.streaming(),
            new ContainerBackend(loop, containers, namespaces));
    loop.signsOfLife(server::pings);
    attachSockets =
        new AttachSockets(loop, server, options.streaming().limits().closeWait(), spans(), keeping);
    HandOver handOver = new HandOver(server, containers, attachSockets, keeping, state);
    ContainerLogs logs =
        new ContainerLogs(new LogWriter(loop), new JournalLogs(loop, SystemdDestination.SOCKET));
    if (welcome.reason() != WakeReason.FIRST_START) {
      namespaces.restore(left);
      containers.restore(left, logs);
      attachSockets.restore(left, containers::find);
      fdSocket.restore(left);
      goOnWithSessions(new TakeOver(left, keeping, state, server, attachSockets));
    } else {
      KeptListening.begin(server, keeping, Optional.empty());
    }
    if (!isSuccessor) {
      StateFile.leftBehind(directory.stateFile()).ifPresent(containers::adopt);
    }
    if (!welcome.candidate()) {
      // The loop does not run before a candidate has become the active worker.
      EarlyListening.ifConfigured(loop, server, options.streaming());
    }
    CallsInFlight calls = new CallsInFlight();
    upgrade =
        new PodUpgrade(
            containers,
            namespaces,
            callers,
            calls,
            handOver,
            upgrades,
            program -> holderUpgrade().staysBecause(program));
    metricsPort =
        options.metricsAddress().isPresent()
            ? new MetricsPort(loop, keeping)
                .listen(left, !welcome.candidate(), options.metricsAddress().get(), this::scraped)
            : Optional.empty();
    sleeper =
        new PodSleep(
            containers,
            server,
            attachSockets,
            namespaces,
            callers,
            tracing.isPresent() ? "traces are exported" : null,
            handOver,
            upgrade::isUnderWay,
            until -> sleep(link, until));
    control =
        ControlServices.create(
            new MonitorInfo(
                welcome.pid(),
                startNanos,
                directory.path().toString(),
                options.runtime().path(),
                options.runtime().root().orElse("")),
            facts,
            containers,
            logs,
            fdSocket,
            namespaces,
            server,
            attachSockets,
            memory.all(),
            sleeper,
            upgrade,
            latencies,
            calls,
            spans());
    wakeTime.recovered();
  }

  /** A candidate does nothing for a client before it has become the active worker. */
  private void goOnWithSessions(TakeOver takeOver) {
    Runnable begin = () -> takeOver.begin(loop, containers);
    if (welcome.candidate()) {
      loop.duty(begin).due();
    } else {
      begin.run();
    }
  }

  private static boolean sleep(HolderLink link, long until) {
    try {
      link.echo(SpdyPing.LENGTH, SpdyPing.beginning());
      return link.sleep(until == FrozenConnection.NEVER ? NO_TIME : until);
    } catch (IOException refused) {
      LOG.warn("leave the pod to the holder", refused);
      return false;
    }
  }

  @Override
  public void connected(Channel channel) {
    callers.calls(channel, control);
  }

  @Override
  public void scraped(Channel channel) {
    callers.comes(channel);
    metrics().connected(channel);
  }

  private MetricsServer metrics() {
    if (metrics == null) {
      metrics =
          new MetricsServer(
              new PodMetrics(
                  facts,
                  new ContainerMetrics(containers, runtime),
                  new SessionMetrics(server),
                  latencies,
                  new ProcessMetrics(startNanos, welcome, wakeTime, upgrades),
                  memory.all(),
                  server.memory(),
                  spans()));
    }
    return metrics;
  }

  private Optional<Tracing> spans() {
    return tracing.isPresent() ? Optional.of(tracing.get().tracing()) : Optional.empty();
  }

  @Override
  public boolean isIdle() {
    return containers.isIdle()
        && namespaces.isEmpty()
        && server.sessionCount() == 0
        && fdSocket.held() == 0;
  }

  @Override
  public Sleeper sleeper() {
    return sleeper;
  }

  @Override
  public Upgradable upgradable() {
    return upgrade;
  }

  @Override
  public void standBy(Upgrade by, Doors doors) {
    upgrade.standBy(by, doors, welcome.candidate());
    if (welcome.candidate()) {
      holderUpgrade().begin();
    }
  }

  private HolderUpgrade holderUpgrade() {
    return new HolderUpgrade(loop, link, processes);
  }

  @Override
  public boolean runsContainers() {
    return containers.anyRuns();
  }

  @Override
  public void reopenLogs() {
    for (Container each : containers.all()) {
      var _ =
          each.reopenLogs()
              .exceptionally(
                  failure -> {
                    LOG.atError()
                        .addKeyValue(LogField.CONTAINER, each.id())
                        .setCause(failure)
                        .log("logs of container {} not reopened", each.id());
                    return null;
                  });
    }
  }

  @Override
  public void dump(StringBuilder to) {
    new PodDump(containers, fdSocket).write(to);
    PodDump.write(memory.all(), to);
    PodDump.write(server.memory(), to);
  }

  @Override
  public long heldMemory() {
    return held(memory.all()) + held(server.memory());
  }

  private static long held(List<MemoryAccount> accounts) {
    long sum = 0;
    for (MemoryAccount each : accounts) {
      sum += each.held();
    }
    return sum;
  }

  @Override
  public void exited(HeldProcess process) {
    processes.exited(process);
  }

  @Override
  public CompletableFuture<Void> cutOff() {
    server.abort();
    return state.closeFile();
  }

  @Override
  public CompletableFuture<Void> rescue() {
    return containers.flushLogs();
  }

  @Override
  public void relieve() {
    for (SessionInfo each : server.sessions()) {
      server.endSession(each.id(), "the monitor of this pod has run out of memory");
    }
  }

  @Override
  public void kill() {
    for (Container each : containers.all()) {
      each.kill();
    }
    namespaces.kill();
  }

  @Override
  public CompletableFuture<Void> shutDown() {
    return tracing.isPresent() ? tracing.get().end(this::endAll) : endAll();
  }

  private CompletableFuture<Void> endAll() {
    fdSocket.close();
    if (metricsPort.isPresent()) {
      var _ = metricsPort.get().close();
    }
    return containers
        .shutdown(CONTAINERS_END)
        .thenCompose(
            done ->
                CompletableFuture.allOf(attachSockets.close(), server.close(), namespaces.close()))
        // Not at once: who is told of a container's end comes before it is forgotten.
        .thenComposeAsync(done -> closeFile(), loop);
  }

  private CompletableFuture<Void> closeFile() {
    var _ = state.putNow();
    return state.closeFile();
  }

  private static Path temporaryDirectory() {
    String given = System.getenv("TMPDIR");
    return StartDirectory.resolve(given == null || given.isEmpty() ? "/tmp" : given);
  }
}
