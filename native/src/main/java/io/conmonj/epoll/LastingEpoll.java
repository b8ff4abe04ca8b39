package io.conmonj.epoll;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, but a descriptor that waits for nothing stays in the set. Netty takes it out,
 * since <a href="https://github.com/netty/netty/pull/16689">Netty's change 16689</a> (seen in
 * 4.2.18 to 4.2.20), and later fails to change what is not there any more, with ENOENT. That met
 * each socket whose peer had ended its half, as soon as more was written than fitted into it, or as
 * its reading was resumed. A test of this class fails as soon as plain Netty can do that; then it
 * can go.
 */
public final class LastingEpoll extends PassingIoHandler {
  private LastingEpoll(IoHandler epoll) {
    super(epoll);
  }

  /** Takes the place of {@link EpollIoHandler#newFactory()}. */
  public static IoHandlerFactory newFactory() {
    return newFactory(EpollIoHandler.newFactory());
  }

  /**
   * The same above something that is above Netty's: this has to see Netty's own handles.
   *
   * @param factory of what hands on all calls to Netty's epoll
   */
  public static IoHandlerFactory newFactory(IoHandlerFactory factory) {
    return executor -> new LastingEpoll(factory.newHandler(executor));
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Registration(handle, super.register(handle));
  }

  private static final class Registration implements IoRegistration {
    /** What Netty answers when there is nothing to submit to any more. */
    private static final long REFUSED = -1;

    private final IoHandle handle;
    private final IoRegistration epoll;
    private boolean added;

    Registration(IoHandle handle, IoRegistration epoll) {
      this.handle = handle;
      this.epoll = epoll;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // The interface is Netty's.
    public <T> T attachment() {
      return epoll.attachment();
    }

    /**
     * Errors and hang-ups come unasked; edge-triggered, they come once and do not spin the loop.
     */
    @Override
    public long submit(IoOps ops) {
      if (added && ops.equals(EpollIoOps.NONE)) {
        return epoll.submit(EpollIoOps.EPOLLET);
      }
      if (added || ops.equals(EpollIoOps.NONE)) {
        return epoll.submit(ops);
      }
      return add(ops);
    }

    private long add(IoOps ops) {
      try {
        long answer = epoll.submit(ops);
        added = true;
        return answer;
      } catch (RuntimeException refused) {
        if (handle instanceof Channel.Unsafe channel) {
          channel.closeForcibly();
          return REFUSED;
        }
        throw refused;
      }
    }

    @Override
    public boolean isValid() {
      return epoll.isValid();
    }

    @Override
    public boolean cancel() {
      return epoll.cancel();
    }
  }
}
