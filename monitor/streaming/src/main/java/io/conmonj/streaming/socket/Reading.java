package io.conmonj.streaming.socket;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Whether a connection is read: as long as nobody has a reason against it. One of the reasons is
 * its own: what the connection's client has sent, and is kept, takes all the memory that the
 * connection may have. Then reading stops, for this client and no other, until half of that is free
 * again.
 *
 * <p>While nothing is read, a client's end is not seen either. So the kernel is asked now and then
 * whether it has come; if so, the connection is read again: what is left in the socket is bounded,
 * and behind it is the end.
 *
 * <p>First handler of the pipeline but for {@link ResetAtDeath}. Used on the event loop thread
 * only.
 */
public final class Reading extends ChannelInboundHandlerAdapter {
  /** Why a connection is not read. */
  public enum Reason {
    /** The receiver of what comes wants no more for now. */
    RECEIVER(1),
    /** The client makes the server answer and does not read the answers. */
    ANSWERS(2),
    /** There is no room for more. */
    MEMORY(4);

    private final int bit;

    Reason(int bit) {
      this.bit = bit;
    }
  }

  /**
   * How often the kernel is asked, in seconds: well within the minute for which client-go waits for
   * a sign of life.
   */
  private static final long LOOK_SECONDS = 10;

  private final MemoryAccount memory;
  private final Runnable whenDrained;
  private Channel channel;

  /** The bits of the reasons that hold. */
  private int reasons;

  private boolean draining;

  /** Null while the connection is read. */
  private Future<?> look;

  /** Null for nothing. */
  private Runnable whileOff;

  /** Null for nothing. */
  private Runnable whenFull;

  /**
   * @param memory of the connection
   * @param whenDrained called once, when nothing that comes is of interest any more
   */
  public Reading(MemoryAccount memory, Runnable whenDrained) {
    this.memory = memory;
    this.whenDrained = whenDrained;
  }

  /** That of a connection; one that has none gets one. */
  public static Reading of(Channel channel) {
    Reading reading = channel.pipeline().get(Reading.class);
    if (reading == null) {
      reading = new Reading(MemoryAccount.of(channel.alloc()), () -> {});
      channel.pipeline().addFirst(reading);
    }
    return reading;
  }

  /** Begins or ceases to have a reason against reading. */
  public void set(Reason reason, boolean holds) {
    change(holds ? reasons | reason.bit : reasons & ~reason.bit);
  }

  /**
   * Reads on from here whatever anybody has against it: nothing that comes is kept any more, and
   * its end is waited for.
   */
  public void drain() {
    change(0);
    if (!draining && channel.isActive()) {
      whenDrained.run();
    }
    draining = true;
  }

  private void change(int next) {
    boolean before = isOn();
    reasons = draining ? 0 : next;
    if (before != isOn()) {
      channel.config().setAutoRead(isOn());
      if (isOn()) {
        stopLooking();
      } else {
        startLooking();
      }
    }
  }

  private void startLooking() {
    try {
      look =
          channel
              .eventLoop()
              .scheduleAtFixedRate(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    } catch (OutOfMemoryError tight) {
      // Nobody would see the client's end. Whoever has a reason against reading knows nothing of
      // that: the last handler ends the connection.
      channel.pipeline().fireExceptionCaught(tight);
    }
  }

  private void look() {
    if (PeerEnd.hasCome(channel)) {
      drain();
    } else if (whileOff != null) {
      whileOff.run();
    }
  }

  private void stopLooking() {
    if (look != null) {
      look.cancel(false);
      look = null;
    }
  }

  /** Has something done every ten seconds in which nothing is read and the client is there. */
  public void whileOff(Runnable action) {
    whileOff = action;
  }

  /** Has something done each time when the connection is not read any more for want of room. */
  public void whenFull(Runnable action) {
    whenFull = action;
  }

  /** Whether the connection is not read for want of room, be it for that alone or not. */
  public boolean isFull() {
    return (reasons & Reason.MEMORY.bit) != 0;
  }

  /** Whether the connection is read. */
  public boolean isOn() {
    return reasons == 0;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    // Whatever is set from now on, there is nothing to read.
    draining = true;
    stopLooking();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (!memory.hasRoom() && channel.isActive()) {
      set(Reason.MEMORY, true);
      memory.whenRoom(() -> set(Reason.MEMORY, false));
      if (whenFull != null && isFull()) {
        whenFull.run();
      }
    }
  }
}
