package io.conmonj.monitor.pod;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.control.ControlService;
import io.conmonj.monitor.daemon.Doors;
import io.conmonj.monitor.daemon.Service;
import io.conmonj.monitor.daemon.ServiceFactory;
import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.sleep.Sleeper;
import io.conmonj.monitor.upgrade.Upgradable;
import io.conmonj.monitor.upgrade.Upgrade;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pod, as the daemon sees it. Loop thread only. */
public final class PodService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(PodService.class);

  private final EventLoop loop;
  private final HolderLink link;
  private final Processes processes;
  private final MonitorMemory memory;
  private final Containers containers;
  private final FdSocket fdSocket;
  private final PodNamespaces namespaces;
  private final StreamingServer server;
  private final ControlService control;
  private final Callers callers;
  private final MetricsEndpoint metrics;
  private final PodSleep sleeper;
  private final PodUpgrade upgrade;
  private final Ending ending;

  /** Makes the service of a monitor with these options. */
  public static ServiceFactory factory(PodOptions options) {
    return new PodFactory(options);
  }

  PodService(
      EventLoop loop,
      HolderLink link,
      Processes processes,
      MonitorMemory memory,
      Containers containers,
      FdSocket fdSocket,
      PodNamespaces namespaces,
      StreamingServer server,
      ControlService control,
      Callers callers,
      MetricsEndpoint metrics,
      PodSleep sleeper,
      PodUpgrade upgrade,
      Ending ending) {
    this.loop = loop;
    this.link = link;
    this.processes = processes;
    this.memory = memory;
    this.containers = containers;
    this.fdSocket = fdSocket;
    this.namespaces = namespaces;
    this.server = server;
    this.control = control;
    this.callers = callers;
    this.metrics = metrics;
    this.sleeper = sleeper;
    this.upgrade = upgrade;
    this.ending = ending;
  }

  @Override
  public void connected(Channel channel) {
    callers.calls(channel, control);
  }

  @Override
  public void scraped(Channel channel) {
    metrics.connected(channel);
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
    boolean candidate = link.welcome().candidate();
    upgrade.standBy(by, doors, candidate);
    sleeper.standBy(doors, this::isIdle);
    if (candidate) {
      new HolderUpgrade(loop, link, processes).begin();
    }
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
    return ending.cutOff();
  }

  @Override
  public CompletableFuture<Void> rescue() {
    return containers.flushLogs();
  }

  @Override
  public void relieve() {
    ending.relieve();
  }

  @Override
  public void kill() {
    ending.kill();
  }

  @Override
  public CompletableFuture<Void> shutDown() {
    return ending.shutDown();
  }
}
