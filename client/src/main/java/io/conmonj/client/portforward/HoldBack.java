package io.conmonj.client.portforward;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One connection that holds back the server, and with it all others, because its local reader does
 * not take what was sent. A reader that is slow is waited for; one that takes nothing at all for a
 * time, while there are other connections, is given up.
 */
final class HoldBack {
  /** A third of a keepalive's patience, in seconds; servers wait as long for their side. */
  static final long STALL_SECONDS = 10;

  private final PortForwardSession session;
  private final Channel local;
  private final Runnable giveUp;
  private boolean holding;
  private long waiting;
  private Future<?> check;

  HoldBack(PortForwardSession session, Channel local, Runnable giveUp) {
    this.session = session;
    this.local = local;
    this.giveUp = giveUp;
  }

  /** Holds the server back; does nothing when it is already. */
  void begin() {
    if (!holding) {
      holding = true;
      session.hold(true);
      arm();
    }
  }

  void end() {
    if (holding) {
      holding = false;
      check.cancel(false);
      session.hold(false);
    }
  }

  private void arm() {
    waiting = local.bytesBeforeWritable();
    check = local.eventLoop().schedule(this::check, STALL_SECONDS, TimeUnit.SECONDS);
  }

  private void check() {
    if (session.connections() > 1 && local.bytesBeforeWritable() == waiting) {
      giveUp.run();
    } else {
      arm();
    }
  }
}
