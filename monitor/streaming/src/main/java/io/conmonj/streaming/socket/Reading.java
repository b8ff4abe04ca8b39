package io.conmonj.streaming.socket;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a connection is read: as long as nobody has a reason against it. One of the reasons is
 * its own: what the connection's client has sent, and is kept, takes all the memory that the
 * connection may have. Then reading stops, for this client and no other, until half of that is free
 * again. First handler of the pipeline. Used on the event loop thread only.
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

  private final MemoryAccount memory;
  private final Runnable whenDrained;
  private Channel channel;

  /** The bits of the reasons that hold. */
  private int reasons;

  private boolean draining;
  private final List<Runnable> listeners = new ArrayList<>(1);

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
      listeners.forEach(Runnable::run);
    }
  }

  /** Has somebody told when reading stops and when it goes on. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
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
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (!memory.hasRoom() && channel.isActive()) {
      set(Reason.MEMORY, true);
      memory.whenRoom(() -> set(Reason.MEMORY, false));
    }
  }
}
