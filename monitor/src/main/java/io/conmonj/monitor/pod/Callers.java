package io.conmonj.monitor.pod;

import io.conmonj.rpc.CallHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who is connected to the sockets of the monitor itself. Loop thread only. */
final class Callers {
  /** Who has connected calls at once: one who has not for so long may be an hour about it. */
  private static final long NEW_NANOS = Duration.ofMillis(250).toNanos();

  private final List<Caller> present = new ArrayList<>();
  private boolean served;

  /** What is to be done once nobody is there; null for nothing. */
  private Runnable afterwards;

  private static final class Caller {
    private final Channel channel;
    private final long since = System.nanoTime();
    private boolean hasCalled;

    Caller(Channel channel) {
      this.channel = channel;
    }

    boolean isPending() {
      ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
      return (!hasCalled && System.nanoTime() - since < NEW_NANOS)
          || (unsent != null && unsent.totalPendingWriteBytes() > 0);
    }
  }

  /**
   * One who may ask for anything has come.
   *
   * @return what serves its calls
   */
  CallHandler calls(Channel channel, CallHandler service) {
    served = true;
    Caller caller = add(channel);
    return call -> {
      caller.hasCalled = true;
      service.call(call);
    };
  }

  /** One has come, and is there until the channel is closed. */
  void comes(Channel channel) {
    add(channel);
  }

  private Caller add(Channel channel) {
    Caller caller = new Caller(channel);
    present.add(caller);
    var _ = channel.closeFuture().addListener(closed -> goes(caller));
    return caller;
  }

  /** Whether one of them is about to call, or has not taken all of an answer. */
  boolean arePending() {
    for (Caller each : present) {
      if (each.isPending()) {
        return true;
      }
    }
    return false;
  }

  private void goes(Caller caller) {
    present.remove(caller);
    if (present.isEmpty() && afterwards != null) {
      Runnable due = afterwards;
      afterwards = null;
      due.run();
    }
  }

  /** Has this done once nobody is there any more, in the place of what was to be done then. */
  void onceAllAreGone(Runnable task) {
    afterwards = task;
  }

  /** How many are there. */
  int connected() {
    return present.size();
  }

  /** Whether there has been one who may ask for anything. */
  boolean served() {
    return served;
  }
}
