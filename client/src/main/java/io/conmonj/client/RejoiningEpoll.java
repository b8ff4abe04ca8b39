package io.conmonj.client;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Netty's epoll, without a defect of it (seen in 4.2.18 to 4.2.20): a channel for which nothing is
 * to be watched for a moment is taken out of epoll and never put back, so that from then on it
 * fails when it wants to read, or to write more than the socket takes at once. A socket whose peer
 * has ended its half comes to that. Here it is registered anew instead.
 */
final class RejoiningEpoll implements IoHandler {
  private final IoHandler epoll;

  private RejoiningEpoll(IoHandler epoll) {
    this.epoll = epoll;
  }

  static IoHandlerFactory newFactory() {
    IoHandlerFactory factory = EpollIoHandler.newFactory();
    return (ThreadAwareExecutor executor) -> new RejoiningEpoll(factory.newHandler(executor));
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Rejoining(handle, epoll.register(handle));
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return epoll.isCompatible(handleType);
  }

  private final class Rejoining implements IoRegistration {
    private final IoHandle handle;
    private IoRegistration current;
    private boolean takenOut;

    Rejoining(IoHandle handle, IoRegistration first) {
      this.handle = handle;
      this.current = first;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // so it is in Netty
    public <T> T attachment() {
      return current.attachment();
    }

    @Override
    public long submit(IoOps ops) {
      if (takenOut && current.isValid()) {
        takenOut = false;
        rejoin();
      }
      takenOut = ops.equals(EpollIoOps.NONE);
      return current.submit(ops);
    }

    private void rejoin() {
      boolean _ = current.cancel();
      try {
        current = epoll.register(handle);
      } catch (Exception e) {
        throw new IllegalStateException("register a channel with epoll again", e);
      }
    }

    @Override
    public boolean isValid() {
      return current.isValid();
    }

    @Override
    public boolean cancel() {
      return current.cancel();
    }
  }
}
