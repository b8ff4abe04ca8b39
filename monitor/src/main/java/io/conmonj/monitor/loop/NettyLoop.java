package io.conmonj.monitor.loop;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;

/** Netty's loop of the calling thread. It does not wait when something has fallen due meanwhile. */
class NettyLoop extends ManualIoEventLoop {
  private Duties duties;

  NettyLoop(IoHandlerFactory epoll) {
    super(Thread.currentThread(), epoll);
  }

  void duties(Duties looked) {
    duties = looked;
  }

  /** Runs a task after what is done now; any thread. */
  void enter(Runnable task) {
    execute(task);
  }

  // Asked after others can wake the loop up, so that none is missed.
  @Override
  protected boolean canBlock() {
    return duties == null || !duties.news();
  }
}
