package io.conmonj.monitor.loop;

import io.conmonj.epoll.LastingEpoll;
import io.conmonj.epoll.PassingIoHandler;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.FileDescriptor;
import java.util.function.Consumer;

/**
 * Netty's epoll, but an error that one descriptor's handler lets out costs no other its event. The
 * kernel names those that are ready in the same order each time, so one that fails again and again
 * would keep all behind it waiting for ever: the signals, and who wants to connect.
 */
final class GuardedEpoll extends PassingIoHandler {
  private final Activity activity;
  private final Consumer<Error> contain;

  private GuardedEpoll(IoHandler epoll, Activity activity, Consumer<Error> contain) {
    super(epoll);
    this.activity = activity;
    this.contain = contain;
  }

  /**
   * @param activity is told of each event
   * @param contain gets each error; allocates nothing
   */
  static IoHandlerFactory newFactory(Activity activity, Consumer<Error> contain) {
    IoHandlerFactory factory = EpollIoHandler.newFactory();
    return LastingEpoll.newFactory(
        executor -> new GuardedEpoll(factory.newHandler(executor), activity, contain));
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return super.register(new GuardedHandle((EpollIoHandle) handle, activity, contain));
  }

  @SuppressWarnings("try") // That close may throw anything is the interface's.
  private static final class GuardedHandle implements EpollIoHandle {
    private final EpollIoHandle handle;
    private final Activity activity;
    private final Consumer<Error> contain;

    GuardedHandle(EpollIoHandle handle, Activity activity, Consumer<Error> contain) {
      this.handle = handle;
      this.activity = activity;
      this.contain = contain;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
      long before = activity.signsOfLife();
      try {
        handle.handle(registration, event);
      } catch (Error error) {
        contain.accept(error);
      } finally {
        activity.came(before);
      }
    }

    @Override
    public FileDescriptor fd() {
      return handle.fd();
    }

    @Override
    public void registered() {
      handle.registered();
    }

    @Override
    public void unregistered() {
      handle.unregistered();
    }

    @Override
    public void close() throws Exception {
      handle.close();
    }
  }
}
