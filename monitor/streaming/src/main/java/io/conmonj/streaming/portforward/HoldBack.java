package io.conmonj.streaming.portforward;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One pair that stops its client, and with it all other pairs of the same connection, because its
 * target does not take what was sent: it holds the client back, or is one of those that have taken
 * all the memory of the connection together. A target that is slow is waited for; one that takes
 * nothing at all for a time, while there are other pairs, is given up.
 */
final class HoldBack {
  private final PortForwardSession session;
  private final Pair pair;
  private final EventExecutor executor;
  private final Duration stall;

  private boolean holding;

  /** What the target had taken when the check was armed, in bytes. */
  private long taken;

  /** Null while nothing is looked at. */
  private Future<?> check;

  /**
   * @param stall how long a target may take nothing
   */
  HoldBack(PortForwardSession session, Pair pair, EventExecutor executor, Duration stall) {
    this.session = session;
    this.pair = pair;
    this.executor = executor;
    this.stall = stall;
  }

  /** Holds the client back; does nothing when it is already. */
  void begin() {
    if (!holding) {
      holding = true;
      session.hold(true);
      // Where that fails it ends the session, and this with it.
      if (holding && check == null) {
        arm();
      }
    }
  }

  /** The client is not read for want of memory: begins to look whether the target takes any. */
  void suspect() {
    if (check == null && pair.pendingBytes() > 0) {
      arm();
    }
  }

  /** The target takes more: the client is not held back for it. */
  void end() {
    if (holding) {
      holding = false;
      session.hold(false);
    }
  }

  /** The pair is over. */
  void stop() {
    stopCheck();
    end();
  }

  /** Another server goes on: nothing is given up here any more. */
  void letGo() {
    holding = false;
    stopCheck();
  }

  private void arm() {
    taken = pair.takenBytes();
    check = executor.schedule(this::check, stall.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void check() {
    check = null;
    if (!holding && (pair.pendingBytes() == 0 || !session.isCrowded())) {
      return;
    }
    if (session.pairs() > 1 && pair.takenBytes() == taken) {
      pair.abort();
    } else {
      armOrGiveUp();
    }
  }

  /** Without a timer the target would be waited for without end. */
  private void armOrGiveUp() {
    try {
      arm();
    } catch (OutOfMemoryError tight) {
      pair.abort();
    }
  }

  private void stopCheck() {
    if (check != null) {
      check.cancel(false);
      check = null;
    }
  }
}
