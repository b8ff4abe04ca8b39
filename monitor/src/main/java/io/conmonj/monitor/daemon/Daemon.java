package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Alarm;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderEvents;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.journal.DestinationKind;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.sleep.Sleep;
import io.conmonj.monitor.sleep.SleepHistory;
import io.conmonj.monitor.sleep.SleepPolicy;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.upgrade.Upgrade;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor's worker from its start to its end; its holder is the monitor's process to the
 * outside. Everything happens on the thread that calls {@link #run}, which becomes the loop thread.
 */
public final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private static final int FAILED = 1;

  /** The name under which the holder keeps what locks the runtime directory. */
  private static final String LOCK = "lock";

  private final DaemonOptions options;
  private final HolderLink link;
  private final RuntimeDirectory directory;
  private final EventLoop loop;
  private final HolderCgroup cgroup;
  private Service service;
  private Abandonment abandonment;
  private Upgrade upgrade;
  private Ending ending;
  private List<PrivateSocket> sockets = List.of();
  private boolean gone;

  private Daemon(
      DaemonOptions options, HolderLink link, RuntimeDirectory directory, EventLoop loop) {
    this.options = options;
    this.link = link;
    this.directory = directory;
    this.loop = loop;
    this.cgroup = HolderCgroup.of(loop, link.welcome().pid());
  }

  /**
   * Starts the monitor, reports that it is ready, and runs it until it is told to end.
   *
   * @param first is asked before the first worker starts, and not for those that go on with what
   *     there is: they can do without what only new containers need
   * @return the exit status
   * @throws StartException when it cannot start, or there is no holder; the holder learns of it by
   *     the exit status
   */
  public static int run(DaemonOptions options, ServiceFactory services, StartCheck first)
      throws StartException {
    try (HolderLink link = greet(first)) {
      LauncherEnvironment.restore();
      if (link.welcome().candidate()) {
        Candidate.await(link, services);
      } else {
        HolderLog.direct(link, options);
      }
      if (link.welcome().first()) {
        first.check();
        if (options.runtimeRoot().isPresent()) {
          RuntimeRoot.make(options.runtimeRoot().get());
        }
      }
      Inheritance left = inherit(link);
      try (RuntimeDirectory directory = Candidate.step(link, () -> take(options, link, left));
          EventLoop loop = new EventLoop()) {
        if (link.welcome().first() && !link.welcome().isProtected()) {
          LOG.info("no privilege to set oom_score_adj: may be killed when memory runs out");
        }
        return new Daemon(options, link, directory, loop).run(services, left);
      }
    }
  }

  /** Who starts Java by hand is told first what else is wrong. */
  private static HolderLink greet(StartCheck first) throws StartException {
    try {
      return HolderSocket.greet();
    } catch (StartException none) {
      first.check();
      throw none;
    }
  }

  private static RuntimeDirectory take(DaemonOptions options, HolderLink link, Inheritance left)
      throws StartException {
    boolean anyway = !link.welcome().candidate();
    return RuntimeDirectory.take(options.runtimeDirectory(), left.take(LOCK), anyway);
  }

  private static Inheritance inherit(HolderLink link) throws StartException {
    try {
      return Inheritance.of(link);
    } catch (IOException refused) {
      throw new StartException("take over from the worker before", refused);
    }
  }

  private int run(ServiceFactory services, Inheritance left) throws StartException {
    SleepHistory history =
        new SleepHistory(new SleepPolicy(options.sleepAfter()), link.welcome(), left);
    keep(LOCK, directory.lock(), WakeRule.NEVER);
    try {
      service = Candidate.step(link, () -> services.create(link, left, history, directory, loop));
    } catch (Exception failed) {
      throw new StartException("start service", failed);
    }
    LastResort lastResort = LastResort.standBy(loop, service);
    try (PrivateSocket metrics =
            listen(left, directory.metricsSocket(), "metrics", service::scraped);
        PrivateSocket control =
            listen(left, directory.controlSocket(), "control", this::connected)) {
      if (link.welcome().candidate()) {
        Candidate.goOn(link, left);
        HolderLog.direct(link, options);
      }
      sockets = List.of(control, metrics);
      KeptCallers.goOn(left, link, control);
      left.giveUp(link);
      abandonment = Abandonment.lookFor(loop, service, control, this::abandoned);
      link.watch(loop, new Events());
      becomeReady();
      history.ready(Duration.ofNanos(ThisProcess.processorNanos()));
      MemoryTrim.standBy(loop, service::heldMemory);
      upgrade = new Upgrade(loop, link.succession(), service.upgradable(), this::followed);
      service.standBy(upgrade, new Sockets(metrics, control));
      Sleep sleep = Sleep.lookFor(loop, service.sleeper(), history, this::asleep);
      ending = new Ending(loop, service, lastResort, sleep, upgrade);
      loop.run();
      LOG.info("ended");
      if (gone) {
        leave();
      }
      // What is left cannot get stuck, and the VM may write its AOT cache, which takes its time.
      Alarm.cancel();
      return sayFarewell();
    } catch (IOException failed) {
      throw failed instanceof StartException start ? start : new StartException("start", failed);
    }
  }

  private void connected(Channel channel) {
    if (link.welcome().first()) {
      cgroup.follow();
    }
    service.connected(channel);
  }

  private PrivateSocket listen(
      Inheritance left, Path path, String kind, Consumer<Channel> connected) throws StartException {
    Optional<Fd> kept = left.take(kind);
    int user = ThisProcess.effectiveUser();
    PrivateSocket socket =
        Candidate.step(
            link,
            () ->
                kept.isPresent()
                    ? PrivateSocket.takeOver(
                        kept.get(), path, kind, loop, user, connected, !service.isIdle())
                    : PrivateSocket.listen(path, kind, loop, user, connected));
    keep(kind, socket.listener(), WakeRule.READABLE);
    return socket;
  }

  private void keep(String name, Fd fd, WakeRule rule) {
    try {
      link.deposit(name, fd, rule);
    } catch (IOException refused) {
      LOG.error("descriptor {} would be lost with this worker", name, refused);
    }
  }

  private void becomeReady() throws StartException {
    int pid = link.welcome().pid();
    if (link.welcome().candidate()) {
      LOG.info("goes on in {} in the place of another worker", directory.path());
      return;
    }
    try {
      int givenUp = 0;
      if (link.welcome().detached()) {
        if (link.welcome().first()) {
          // Once: the number stays, whoever reads it may take it away, and a disk may be full.
          directory.writePidfile(pid);
        }
        givenUp = StandardDescriptors.giveUp(options.logDestination() == DestinationKind.STDOUT);
      }
      link.ready(givenUp);
    } catch (IOException failed) {
      throw new StartException("become ready", failed);
    }
    if (link.welcome().first()) {
      LOG.info("ready in {}, pid {}", directory.path(), pid);
    } else if (!link.welcome().isWoken()) {
      LOG.debug("ready in {}, started for {}", directory.path(), link.welcome().reason());
    }
    if (LOG.isDebugEnabled()) {
      LOG.debug("started {}", StartupCache.describe());
    }
  }

  /** Nothing is closed in order: what is in the directory may be another monitor's by now. */
  private static void leave() {
    System.out.flush();
    Runtime.getRuntime().halt(FAILED);
  }

  /** Nothing is closed in order: all of it is the next worker's. */
  private void asleep() {
    Runtime.getRuntime().halt(0);
  }

  /** As {@link #asleep}; who has asked for the upgrade has been answered. */
  private void followed() {
    LOG.debug("another worker goes on");
    Runtime.getRuntime().halt(0);
  }

  private record Sockets(PrivateSocket metrics, PrivateSocket control) implements Doors {
    @Override
    public void shut() {
      metrics.hold();
      control.hold();
    }

    @Override
    public void open() {
      metrics.release();
      control.release();
    }

    @Override
    public boolean areGone() {
      try {
        return control.isGone();
      } catch (KernelException unknown) {
        LOG.debug("look at control socket", unknown);
        return false;
      }
    }
  }

  private int sayFarewell() {
    try {
      link.end(0);
      return 0;
    } catch (IOException refused) {
      LOG.warn("end the process that holds this one", refused);
      return FAILED;
    }
  }

  private final class Events implements HolderEvents {
    @Override
    public void exited(HeldProcess process) {
      service.exited(process);
      abandonment.childrenEnded();
    }

    @Override
    public void signalled(int signal) {
      onSignal(signal);
    }

    @Override
    public void candidateReady() {
      upgrade.candidateReady();
    }

    @Override
    public void candidateFailed(String why) {
      upgrade.candidateFailed(why);
    }

    @Override
    public void gone() {
      gone = true;
      ending.cutOff(sockets, directory);
    }
  }

  private void onSignal(int signal) {
    switch (signal) {
      case Signal.TERM, Signal.INT -> ending.begin("signal " + signal);
      case Signal.HUP -> service.reopenLogs();
      case Signal.QUIT -> dump();
      case Signal.USR2 -> {
        var _ = upgrade.begin(Optional.empty());
      }
      default -> LOG.debug("ignored signal {}", signal);
    }
  }

  private void dump() {
    StringBuilder state = new StringBuilder("state on SIGQUIT:\n");
    service.dump(state);
    LOG.info("{}", state);
  }

  private void abandoned() {
    if (!ending.isBegun()) {
      LOG.warn(
          "{} was removed, so nobody can reach this monitor, and nothing runs in it",
          directory.path().resolve(directory.controlSocket().getFileName()));
      ending.begin("its own account");
    }
  }
}
