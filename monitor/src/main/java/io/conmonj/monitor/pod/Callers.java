package io.conmonj.monitor.pod;

import io.conmonj.kernel.LentFd;
import io.conmonj.monitor.daemon.KeptCallers;
import io.conmonj.monitor.holder.DescriptorStore;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.rpc.CallHandler;
import io.conmonj.rpc.RpcHandler;
import io.conmonj.rpc.RpcLimits;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected to the sockets of the monitor itself. One who may call stays connected while the
 * monitor sleeps, and when another worker takes the place of this one, unless a call is under way.
 * Loop thread only.
 */
final class Callers {
  private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

  private final DescriptorStore store;
  private final List<Caller> present = new ArrayList<>();
  private boolean served;

  /** What is to be done once that one has gone; null for nothing. */
  private Runnable afterwards;

  /** Who that is; null for nobody. */
  private Caller awaited;

  /** Whose call is being handled; null between calls. */
  private Caller calling;

  /** How many have been left to the next worker, and not taken back. */
  private int left;

  /** One of them. */
  static final class Caller {
    private final Channel channel;

    /** Null for one who does not call. */
    private RpcHandler handler;

    Caller(Channel channel) {
      this.channel = channel;
    }

    boolean isAtRest() {
      return handler != null && handler.isAtRest();
    }
  }

  /**
   * @param store where connections are left for the next worker
   */
  Callers(DescriptorStore store) {
    this.store = store;
  }

  /**
   * One who may ask for anything has come.
   *
   * @param service what serves its calls
   */
  void calls(Channel channel, CallHandler service) {
    Caller caller = add(channel);
    CallHandler noted =
        call -> {
          served = true;
          calling = caller;
          try {
            service.call(call);
          } finally {
            calling = null;
          }
        };
    caller.handler = new RpcHandler(RpcLimits.SERVER, noted);
    channel.pipeline().addLast(caller.handler);
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

  /** Whose call is being handled; null between calls. */
  Caller calling() {
    return calling;
  }

  /**
   * Who of those who may call have something under way: a part of a call, or an answer.
   *
   * @param but who does not count; null for nobody
   */
  List<Caller> unfinished(Caller but) {
    List<Caller> unfinished = new ArrayList<>();
    for (Caller each : present) {
      if (each.handler != null && each != but && !each.isAtRest()) {
        unfinished.add(each);
      }
    }
    return unfinished;
  }

  /**
   * Ends the connections of those who are {@linkplain #unfinished unfinished}.
   *
   * @param reason for the log
   * @return how many
   */
  int endUnfinished(Caller but, String reason) {
    List<Caller> ended = unfinished(but);
    for (Caller each : ended) {
      LOG.warn(
          "connection of a client of the control socket ended: {}, and it has not sent all of a"
              + " call, or not taken its answer",
          reason);
      var _ = each.channel.close();
    }
    return ended.size();
  }

  private void goes(Caller caller) {
    present.remove(caller);
    if (caller == awaited) {
      awaited = null;
      afterwards.run();
    }
  }

  /** Has this done once whoever calls now has gone, in the place of what was to be done before. */
  void onceItIsGone(Runnable task) {
    awaited = calling;
    afterwards = task;
  }

  /** How many have something under way, so that this worker must go on with them. */
  int busy() {
    int busy = 0;
    for (Caller each : present) {
      busy += each.isAtRest() ? 0 : 1;
    }
    return busy;
  }

  /** Whether one of them has asked for anything. */
  boolean served() {
    return served;
  }

  /**
   * Leaves those who have nothing under way to the next worker: nothing is read from them until
   * {@link #stay}.
   *
   * @return whether all of them could be left; if not, none is
   */
  boolean leave() {
    for (Caller each : present) {
      if (each.isAtRest() && !leave(each)) {
        stay();
        return false;
      }
    }
    return true;
  }

  private boolean leave(Caller caller) {
    caller.channel.config().setAutoRead(false);
    int number = ((EpollDomainSocketChannel) caller.channel).fd().intValue();
    try (LentFd socket = LentFd.of(number)) {
      store.deposit(KeptCallers.name(left), socket.fd(), WakeRule.READABLE);
      left++;
      return true;
    } catch (IOException refused) {
      LOG.warn("a connection cannot be left to the next worker", refused);
      return false;
    }
  }

  /** This worker goes on, and with all of them. */
  void stay() {
    while (left > 0) {
      store.withdraw(KeptCallers.name(--left));
    }
    for (Caller each : present) {
      each.channel.config().setAutoRead(true);
    }
  }
}
