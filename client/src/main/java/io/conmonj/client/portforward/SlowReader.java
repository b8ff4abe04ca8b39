package io.conmonj.client.portforward;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The local reader of one connection when it does not take what was sent. Meanwhile nothing is read
 * from the server, for any connection. A reader that is slow is waited for; one that takes nothing
 * at all for {@link #STALL_SECONDS}, while there are other connections, is given up. Used on the
 * loop only.
 */
final class SlowReader {
  /**
   * How long a reader may take nothing, in seconds: more than a program that is busy needs, and not
   * so much that those on other connections give up. The monitor waits as long for its side.
   */
  static final long STALL_SECONDS = 10;

  private final ForwardedConnections connections;
  private final Channel local;
  private final Runnable giveUp;
  private boolean behind;
  private long waitingBytes;
  private Future<?> check;

  /**
   * Makes one.
   *
   * @param connections that are held back with it
   * @param local where the reader is
   * @param giveUp ends its connection
   */
  SlowReader(ForwardedConnections connections, Channel local, Runnable giveUp) {
    this.connections = connections;
    this.local = local;
    this.giveUp = giveUp;
  }

  /** It is behind: stops reading from the server. Does nothing when that is known. */
  void begin() {
    if (!behind) {
      behind = true;
      connections.hold(true);
      arm();
    }
  }

  /** It has caught up, or its connection has ended. */
  void end() {
    if (behind) {
      behind = false;
      check.cancel(false);
      connections.hold(false);
    }
  }

  private void arm() {
    waitingBytes = local.bytesBeforeWritable();
    check = local.eventLoop().schedule(this::check, STALL_SECONDS, TimeUnit.SECONDS);
  }

  private void check() {
    if (connections.size() > 1 && local.bytesBeforeWritable() == waitingBytes) {
      giveUp.run();
    } else {
      arm();
    }
  }
}
