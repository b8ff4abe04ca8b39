package io.conmonj.client.connection;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends pings to a peer, and notices when nothing comes back. While nothing is read from the peer
 * its silence does not count, since an answer would wait behind what is not read. Used on the
 * connection's loop only.
 */
public final class SignsOfLife {
  /** How often a sign of life is sent: as Kubernetes' own client does. */
  private static final long PING_SECONDS = 5;

  /** How long nothing may come back although we read, before the peer counts as gone. */
  private static final long SILENCE_SECONDS = 60;

  /** The connection that is watched. */
  public interface Watched {
    /**
     * Tells whether more can be sent without queueing beyond the connection's bound.
     *
     * @return whether it can
     */
    boolean isWritable();

    /** Sends something that the peer answers. */
    void ping();

    /**
     * The peer has not answered for too long; called once.
     *
     * @param how a phrase without a final stop
     */
    void silent(String how);
  }

  private final EventLoop loop;
  private final Watched watched;
  private final Future<?> pings;
  private boolean paused;
  private long lastHeard;

  /**
   * Begins to watch.
   *
   * @param loop the connection's loop
   * @param watched the connection
   */
  public SignsOfLife(EventLoop loop, Watched watched) {
    this.loop = loop;
    this.watched = watched;
    lastHeard = now();
    pings = loop.scheduleAtFixedRate(this::check, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
  }

  /** To be called whenever bytes have come from the peer. */
  public void heard() {
    lastHeard = now();
  }

  /**
   * Tells whether the peer is read from; at first it is.
   *
   * @param reading whether it is
   */
  public void setReading(boolean reading) {
    if (paused && reading) {
      heard();
    }
    paused = !reading;
  }

  /** Ends the watch: no more pings, and no more silence. */
  public void stop() {
    pings.cancel(false);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }

  private void check() {
    if (!paused && now() - lastHeard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
      stop();
      watched.silent("the server has not answered for " + SILENCE_SECONDS + " s");
    } else if (watched.isWritable()) {
      watched.ping();
    }
  }
}
