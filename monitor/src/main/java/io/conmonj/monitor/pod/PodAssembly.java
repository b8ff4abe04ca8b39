package io.conmonj.monitor.pod;

import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.container.ContainersConfig;
import io.conmonj.monitor.control.CallsInFlight;
import io.conmonj.monitor.control.ContainerLogs;
import io.conmonj.monitor.control.ControlService;
import io.conmonj.monitor.control.ControlServices;
import io.conmonj.monitor.control.MonitorInfo;
import io.conmonj.monitor.daemon.RuntimeDirectory;
import io.conmonj.monitor.daemon.StartDirectory;
import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.WakeReason;
import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.journal.SystemdDestination;
import io.conmonj.monitor.log.JournalLogs;
import io.conmonj.monitor.log.LogWriter;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.observe.CallLatencies;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.oci.OciRuntime;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.session.ContainerBackend;
import io.conmonj.monitor.sleep.SleepHistory;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.StateFile;
import io.conmonj.monitor.state.StateKeeper;
import io.conmonj.monitor.stdio.Landing;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.version.BuildFacts;
import io.conmonj.streaming.SpdyPing;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the parts of one monitor together, and has them go on with what another worker has left, or
 * a monitor that was killed. Used once, on the loop's thread.
 */
final class PodAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(PodAssembly.class);

  private final PodOptions options;
  private final HolderLink link;
  private final Inheritance left;
  private final RuntimeDirectory directory;
  private final EventLoop loop;
  private final Welcome welcome;
  private final long startNanos;
  private final BuildFacts facts = BuildFacts.load();
  private final CallLatencies latencies = new CallLatencies();
  private final CallsInFlight calls = new CallsInFlight();
  private final SleepHistory history;
  private final WakeMetrics wakeMetrics;
  private final UpgradeHistory upgrades;
  private final StateKeeper state;
  private final Keeping keeping;
  private final Optional<PodTracing> tracing;
  private final Optional<Tracing> spans;
  private final MonitorMemory memory;
  private final Processes processes;
  private final OciRuntime runtime;
  private final Containers containers;
  private final ContainerLogs logs;
  private final FdSocket fdSocket;
  private final PodNamespaces namespaces;
  private final StreamingServer server;
  private final AttachSockets attachSockets;
  private final HandOver handOver;
  private final Callers callers;

  /**
   * Makes those parts that others are made of.
   *
   * @throws IOException when the holder or the file of the state fails it
   */
  PodAssembly(
      PodOptions options,
      HolderLink link,
      Inheritance left,
      SleepHistory history,
      RuntimeDirectory directory,
      EventLoop loop)
      throws IOException {
    this.options = options;
    this.link = link;
    this.left = left;
    this.directory = directory;
    this.loop = loop;
    welcome = link.welcome();
    StateFile file =
        left.hasState()
            ? StateFile.resume(loop, directory.stateFile(), left)
            : StateFile.begin(loop, directory.stateFile());
    state = new StateKeeper(loop, link::putState, Optional.of(file));
    this.history = history;
    state.owner(history);
    upgrades = new UpgradeHistory(welcome, left);
    state.owner(upgrades);
    keeping = new Keeping(link, state);
    wakeMetrics = new WakeMetrics(welcome, history.wakes());
    callers = new Callers(link);
    startNanos = MonitorStart.of(welcome);
    processes = new Processes(loop, link);
    memory = new MonitorMemory(loop);
    tracing =
        options.tracing().isPresent()
            ? Optional.of(PodTracing.open(loop, options.tracing().get(), welcome.pid()))
            : Optional.empty();
    spans = tracing.isPresent() ? Optional.of(tracing.get().tracing()) : Optional.empty();
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
            spans,
            keeping);
    logs = new ContainerLogs(new LogWriter(loop), new JournalLogs(loop, SystemdDestination.SOCKET));
    fdSocket = new FdSocket(loop, directory.fdSocket(), keeping);
    namespaces = new PodNamespaces(loop, processes, keeping);
    server =
        new StreamingServer(
            loop.netty(),
            EpollServerSocketChannel::new,
            options.streaming(),
            new ContainerBackend(loop, containers, namespaces));
    loop.signsOfLife(server::pings);
    link.echo(SpdyPing.LENGTH, SpdyPing.beginning());
    attachSockets =
        new AttachSockets(loop, server, options.streaming().limits().closeWait(), spans, keeping);
    handOver = new HandOver(server, containers, attachSockets, fdSocket, keeping, state);
  }

  private static Path temporaryDirectory() {
    String given = System.getenv("TMPDIR");
    return StartDirectory.resolve(given == null || given.isEmpty() ? "/tmp" : given);
  }

  /**
   * Goes on with what was left, and makes the rest.
   *
   * @throws IOException when that cannot be gone on with
   */
  PodService assemble() throws IOException {
    goOn();
    MetricsEndpoint metrics =
        new MetricsEndpoint(
            callers,
            facts,
            containers,
            runtime,
            server,
            latencies,
            startNanos,
            welcome,
            wakeMetrics,
            upgrades,
            memory.all(),
            spans);
    Optional<Channel> metricsPort = metricsPort(metrics);
    PodUpgrade upgrade =
        new PodUpgrade(
            containers,
            namespaces,
            callers,
            calls,
            handOver,
            upgrades,
            program -> new HolderUpgrade(loop, link, processes).staysBecause(program));
    PodSleep sleeper =
        new PodSleep(
            containers,
            server,
            attachSockets,
            namespaces,
            callers,
            tracing.isPresent() ? "traces are exported" : null,
            handOver,
            upgrade::isUnderWay,
            link);
    PodService service =
        new PodService(
            loop,
            link,
            processes,
            memory,
            containers,
            fdSocket,
            namespaces,
            server,
            control(sleeper, upgrade),
            callers,
            metrics,
            sleeper,
            upgrade,
            new Ending(
                loop,
                containers,
                namespaces,
                fdSocket,
                attachSockets,
                server,
                metricsPort,
                tracing,
                state));
    wakeMetrics.recovered();
    return service;
  }

  private void goOn() throws IOException {
    if (welcome.reason() != WakeReason.FIRST_START) {
      namespaces.restore(left);
      containers.restore(left, logs);
      attachSockets.restore(left, containers::find);
      fdSocket.restore(left);
      goOnWithSessions(new TakeOver(left, keeping, state, server, attachSockets));
    } else {
      KeptListening.begin(server, keeping, Optional.empty());
    }
    if (!left.hasState()) {
      StateFile.leftBehind(directory.stateFile()).ifPresent(containers::adopt);
    }
    if (!welcome.candidate()) {
      // The loop does not run before a candidate has become the active worker.
      EarlyListening.ifConfigured(loop, server, options.streaming(), welcome.first());
    }
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

  /** Where it cannot be had, only the first worker fails: others have containers to go on with. */
  private Optional<Channel> metricsPort(MetricsEndpoint metrics) throws IOException {
    if (options.metricsAddress().isEmpty()) {
      return Optional.empty();
    }
    try {
      return new MetricsPort(loop, keeping)
          .listen(left, !welcome.candidate(), options.metricsAddress().get(), metrics::connected);
    } catch (IOException refused) {
      if (welcome.first()) {
        throw refused;
      }
      LOG.warn("{}: metrics are told on their socket alone", refused.getMessage());
      return Optional.empty();
    }
  }

  private ControlService control(PodSleep sleeper, PodUpgrade upgrade) {
    return ControlServices.create(
        new MonitorInfo(
            welcome,
            startNanos,
            directory.path().toString(),
            options.runtime().path(),
            options.runtime().root().orElse(""),
            history.wakes()),
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
        spans);
  }
}
