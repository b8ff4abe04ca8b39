package io.conmonj.streaming.socket;

import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits for a peer to close after everything has been said. One that still has output to take is
 * waited for long. One whose kernel has all of it gains nothing by a connection that stays: after a
 * short while the output is ended too, and then the connection. Event loop thread only.
 */
public final class PeerClose {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** So many looks, thus half a minute, may pass after the peer has got everything. */
  private static final int IDLE_LOOKS = 6;

  private final Channel channel;
  private final Supplier<ChannelFuture> lastWords;
  private final Runnable whenOver;
  private Future<?> look;
  private Future<?> deadline;
  private long overAtNanos;
  private int idleLooks;
  private boolean outputEnded;

  /**
   * As {@link #await}.
   *
   * @param each how often to look
   */
  PeerClose(
      Channel channel,
      Duration limit,
      Duration each,
      Supplier<ChannelFuture> lastWords,
      Runnable whenOver) {
    this.channel = channel;
    this.lastWords = lastWords;
    this.whenOver = whenOver;
    try {
      begin(limit, each);
    } catch (OutOfMemoryError tight) {
      // There is nothing to wait with, and nobody else would close it.
      over();
    }
  }

  /** Writes down how long it waits yet. */
  public void freeze(StateWriter out) {
    out.bigNumber(overAtNanos).flag(outputEnded).dueNow();
  }

  /** As {@link #await}, for what another one has waited for. */
  public static PeerClose thaw(
      StateReader in, Channel channel, Supplier<ChannelFuture> lastWords, Runnable whenOver)
      throws UnreadableStateException {
    long left = Math.max(1, in.bigNumber() - System.nanoTime());
    PeerClose wait = await(channel, Duration.ofNanos(left), lastWords, whenOver);
    wait.outputEnded = in.flag();
    return wait;
  }

  private void begin(Duration limit, Duration each) {
    overAtNanos = System.nanoTime() + limit.toNanos();
    deadline = channel.eventLoop().schedule(this::over, limit.toNanos(), TimeUnit.NANOSECONDS);
    look =
        channel
            .eventLoop()
            .scheduleAtFixedRate(this::look, each.toNanos(), each.toNanos(), TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(closed -> cancel());
  }

  /**
   * Begins to wait for a channel's end. Its handlers must go on reading, and drop what they read.
   *
   * @param limit how long in any case
   * @param lastWords writes what is to come last when the output is ended early
   * @param whenOver called once, when the time is over and the channel is still open
   */
  public static PeerClose await(
      Channel channel, Duration limit, Supplier<ChannelFuture> lastWords, Runnable whenOver) {
    return new PeerClose(channel, limit, LOOK, lastWords, whenOver);
  }

  /** Waits no longer. */
  public void cancel() {
    stop(look);
    stop(deadline);
  }

  private static void stop(Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void look() {
    if (outputEnded) {
      if (!PeerEnd.isTakingTheEnd(channel)) {
        var _ = channel.close();
      }
      return;
    }
    idleLooks = PeerEnd.hasEverything(channel) ? idleLooks + 1 : 0;
    if (idleLooks == IDLE_LOOKS) {
      // Also the test whether it has: the kernel counts what it has sent, not what waits for room
      // at the peer; but the end of the output comes behind both.
      outputEnded = true;
      LingeringClose.endOutputBehind(lastWords.get());
    }
  }

  private void over() {
    cancel();
    whenOver.run();
  }
}
