package io.conmonj.epoll;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;

/** Passes all calls on to another I/O handler, for one that changes some of them. Loop thread. */
public abstract class PassingIoHandler implements IoHandler {
  private final IoHandler next;

  /**
   * @param next gets the calls
   */
  protected PassingIoHandler(IoHandler next) {
    this.next = next;
  }

  @Override
  public void initialize() {
    next.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return next.run(context);
  }

  @Override
  public void prepareToDestroy() {
    next.prepareToDestroy();
  }

  @Override
  public void destroy() {
    next.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return next.register(handle);
  }

  /** By any thread. */
  @Override
  public void wakeup() {
    next.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return next.isCompatible(handleType);
  }
}
