package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Alarm;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.sleep.Sleep;
import io.conmonj.monitor.upgrade.Upgrade;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a monitor ends: in order on a signal, at once on a second one, and cut off where its holder
 * was killed. Each has a limit, and the kernel ends the process behind all of them. Loop thread
 * only.
 */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /**
   * How long an orderly end may take. Below the 10 s for which a client that has asked for the end
   * waits before it calls it failed.
   */
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(8);

  /** When the kernel ends a monitor that is too stuck to end: it is still below those 10 s. */
  private static final int STUCK_SECONDS = 9;

  /** How long what is held may take to be written once the holder is dead. */
  private static final Duration RESCUE_LIMIT = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final Service service;
  private final LastResort lastResort;
  private final Sleep sleep;
  private final Upgrade upgrade;
  private boolean begun;

  /**
   * @param lastResort whose reserve of memory is for the end
   * @param sleep is no more then, nor is {@code upgrade}
   */
  Ending(EventLoop loop, Service service, LastResort lastResort, Sleep sleep, Upgrade upgrade) {
    this.loop = loop;
    this.service = service;
    this.lastResort = lastResort;
    this.sleep = sleep;
    this.upgrade = upgrade;
  }

  /** Whether it ends. */
  boolean isBegun() {
    return begun;
  }

  /**
   * Ends in order; at once where it ends already.
   *
   * @param cause what it ends on
   */
  void begin(String cause) {
    if (begun) {
      loop.stopNow();
      LOG.warn("ending at once: {} while ending", cause);
      return;
    }
    prepare();
    upgrade.stop();
    try {
      inOrder(cause);
    } catch (Throwable failed) {
      loop.stopNow();
      loop.contain("ending at once: cannot end in order", failed);
      service.kill();
    }
  }

  private void prepare() {
    begun = true;
    sleep.stop();
    Alarm.endProcessIn(STUCK_SECONDS);
    lastResort.releaseReserve();
  }

  private void inOrder(String cause) {
    LOG.info("ending on {}", cause);
    loop.duty(
            () -> {
              loop.stop();
              LOG.warn("ending although not all is done after {} s", SHUTDOWN_LIMIT.toSeconds());
            })
        .dueAfter(SHUTDOWN_LIMIT);
    var _ = service.shutDown().whenComplete((done, failed) -> over(failed));
  }

  /**
   * The holder is dead. Whatever it held is lost, as are the ends of all processes: nothing can be
   * done for them.
   *
   * @param sockets those of the runtime directory: another monitor may take it, whose clients wait,
   *     and must find nobody there
   */
  void cutOff(List<PrivateSocket> sockets, RuntimeDirectory directory) {
    LOG.error(
        "the monitor's process was killed: writing what its containers have said, and ending");
    prepare();
    loop.duty(loop::stop).dueAfter(RESCUE_LIMIT);
    sockets.forEach(PrivateSocket::stop);
    CompletableFuture<Void> free = service.cutOff().thenRun(directory::close);
    var _ =
        CompletableFuture.allOf(free, service.rescue())
            .whenComplete((done, failed) -> over(failed));
  }

  private void over(Throwable failed) {
    loop.stop();
    if (failed != null) {
      LOG.error("could not end in order", failed);
    }
  }
}
