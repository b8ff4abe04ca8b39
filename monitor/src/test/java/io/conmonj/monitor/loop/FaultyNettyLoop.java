package io.conmonj.monitor.loop;

import io.conmonj.epoll.PassingIoHandler;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Netty's loop, where the memory for a task, a timer or a watch can be missing. */
final class FaultyNettyLoop extends NettyLoop {
  private final Allocations allocations;

  FaultyNettyLoop(IoHandlerFactory epoll, Allocations allocations) {
    super(executor -> new FaultyEpoll(epoll.newHandler(executor), allocations));
    this.allocations = allocations;
  }

  @Override
  void enter(Runnable task) {
    allocations.next();
    super.enter(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    allocations.next();
    return super.schedule(task, delay, unit);
  }

  private static final class FaultyEpoll extends PassingIoHandler {
    private final Allocations allocations;

    FaultyEpoll(IoHandler epoll, Allocations allocations) {
      super(epoll);
      this.allocations = allocations;
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
      allocations.next();
      return super.register(handle);
    }
  }
}
