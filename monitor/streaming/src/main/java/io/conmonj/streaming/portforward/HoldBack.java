package io.conmonj.streaming.portforward;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One pair that holds back its client, and with it all other pairs of the same connection, because
 * its target does not take what was sent. A target that is slow is waited for; one that takes
 * nothing at all for a time, while there are other pairs, is given up.
 */
final class HoldBack {
  private final PortForwardSession session;
  private final EventExecutor executor;
  private final Duration stall;
  private final Runnable giveUp;

  private Target target;
  private boolean holding;
  private long waiting;
  private Future<?> check;

  HoldBack(PortForwardSession session, EventExecutor executor, Duration stall, Runnable giveUp) {
    this.session = session;
    this.executor = executor;
    this.stall = stall;
    this.giveUp = giveUp;
  }

  /**
   * Holds the client back; does nothing when it is already.
   *
   * @param target the one to wait for; null when it is not connected yet
   */
  void begin(Target target) {
    if (!holding) {
      this.target = target;
      holding = true;
      session.hold(true);
      arm();
    }
  }

  void end() {
    if (holding) {
      holding = false;
      stopCheck();
      session.hold(false);
    }
  }

  /** Another server goes on: nothing is given up here any more. */
  void letGo() {
    holding = false;
    stopCheck();
  }

  private void arm() {
    waiting = waitingBytes();
    check = executor.schedule(this::check, stall.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void check() {
    if (session.pairs() > 1 && waitingBytes() == waiting) {
      giveUp.run();
    } else {
      armOrGiveUp();
    }
  }

  /** Without a timer the target would be waited for without end. */
  private void armOrGiveUp() {
    try {
      arm();
    } catch (OutOfMemoryError tight) {
      giveUp.run();
    }
  }

  private void stopCheck() {
    if (check != null) {
      check.cancel(false);
    }
  }

  private long waitingBytes() {
    return target == null ? 0 : target.waitingBytes();
  }
}
