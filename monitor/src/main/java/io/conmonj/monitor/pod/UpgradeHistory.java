package io.conmonj.monitor.pod;

import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.observe.MetricsText;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.StateOwner;
import io.conmonj.schema.State;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has come of upgrades: how many there were, and how long nothing was read or written. It is
 * handed on from worker to worker. Loop thread only.
 */
final class UpgradeHistory implements StateOwner {
  private static final Logger LOG = LoggerFactory.getLogger(UpgradeHistory.class);

  private final Welcome welcome;

  /** Processor time of all workers before this one, in nanoseconds. */
  private final long workersNanos;

  private long done;
  private long failed;
  private long lastPauseNanos;

  /** When the pause began that is not over, in the terms of {@link System#nanoTime}; else 0. */
  private long beganNanos;

  /**
   * @param left by the worker before
   */
  UpgradeHistory(Welcome welcome, Inheritance left) {
    State.Upgrades.Reader before = left.monitor().getUpgrades();
    this.welcome = welcome;
    done = before.getDone();
    failed = before.getFailed();
    lastPauseNanos = before.getLastPauseNanos();
    beganNanos = welcome.candidate() ? before.getBeganNanos() : 0;
    // The holder did not know that of the worker before a candidate when it greeted that.
    workersNanos =
        welcome.candidate()
            ? Math.max(before.getWorkersNanos(), welcome.workerTime())
            : welcome.workerTime();
  }

  /** From now on nothing is read or written, for another worker to take over. */
  void pause() {
    beganNanos = System.nanoTime();
  }

  /** This worker goes on after such a pause, because the other one did not take over. */
  void resume() {
    beganNanos = 0;
  }

  /** This worker has taken over, and goes on now. */
  void tookOver() {
    done++;
    lastPauseNanos = beganNanos == 0 ? 0 : System.nanoTime() - beganNanos;
    beganNanos = 0;
    LOG.info("took over after a pause of {} ms", Duration.ofNanos(lastPauseNanos).toMillis());
  }

  /** An upgrade was not made. */
  void failed() {
    failed++;
  }

  /** Processor time of all workers before this one, in nanoseconds. */
  long workersNanos() {
    return workersNanos;
  }

  @Override
  public void describe(State.Monitor.Builder to) {
    State.Upgrades.Builder upgrades = to.initUpgrades();
    upgrades.setDone(done);
    upgrades.setFailed(failed);
    upgrades.setLastPauseNanos(lastPauseNanos);
    upgrades.setBeganNanos(beganNanos);
    upgrades.setWorkersNanos(
        beganNanos == 0 ? welcome.workerTime() : workersNanos + ThisProcess.processorNanos());
  }

  void write(MetricsText to) {
    to.counter("conmonj_upgrades", "How often the Java VM of another build has taken over.");
    to.value(done);
    to.counter("conmonj_upgrade_failures", "How often that was called off.");
    to.value(failed);
    to.gauge("conmonj_upgrade_pause_seconds", "How long nothing was read when it did last.");
    to.seconds(lastPauseNanos);
  }
}
