package io.conmonj.monitor.loop;

import io.conmonj.kernel.Fd;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One descriptor in the loop's epoll set. The watch borrows the descriptor: close the watch first,
 * then the descriptor. All methods are called on the loop thread.
 *
 * <p>A descriptor can be watched once at a time; to watch the two directions of a terminal apart,
 * duplicate it.
 */
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** include/uapi/linux/eventpoll.h */
  private static final int EPOLLHUP = 0x10;

  private final EventLoop loop;
  private final ReadinessListener listener;
  private final Handle handle;
  private Interest interest = Interest.NONE;
  private IoRegistration registration;
  private boolean closed;

  Watch(EventLoop loop, Fd fd, ReadinessListener listener) {
    this.loop = loop;
    this.listener = listener;
    this.handle = new Handle(new FileDescriptor(fd.number()));
  }

  /** What is waited for now; {@link Interest#NONE} after {@link #close}. */
  public Interest interest() {
    return interest;
  }

  /**
   * Changes what is waited for. Does nothing on a closed watch. When the kernel refuses, the watch
   * ends and the listener's {@link ReadinessListener#onFailure} is told.
   *
   * @throws OutOfMemoryError when there is no memory for it; then nothing is waited for, and it can
   *     be asked for again
   */
  public void interest(Interest wanted) {
    if (closed || wanted == interest) {
      return;
    }
    try {
      change(wanted);
    } catch (IOException refused) {
      fail(refused);
    }
  }

  // Without any interest the descriptor leaves the epoll set: a hang-up is reported whether asked
  // for or not, and a paused reader would have the loop spin on it.
  void change(Interest wanted) throws IOException {
    interest = wanted;
    if (wanted == Interest.NONE) {
      unregister();
      return;
    }
    try {
      if (registration == null) {
        registration = register();
      }
      if (registration.submit(ops(wanted)) == -1) {
        throw new IOException("the event loop has ended");
      }
    } catch (IOException | RuntimeException refused) {
      close();
      throw new IOException(
          "watch descriptor " + handle.fd.intValue() + ": " + refused.getMessage(), refused);
    } catch (OutOfMemoryError tight) {
      // It can be asked for again.
      interest = Interest.NONE;
      unregister();
      throw tight;
    }
  }

  /** Ends the watch; the descriptor stays open. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    interest = Interest.NONE;
    unregister();
  }

  private static EpollIoOps ops(Interest wanted) {
    if (wanted == Interest.HANG_UP) {
      // Hang-ups and errors come unasked; edge-triggered, they come once and do not spin the loop.
      return EpollIoOps.EPOLLET;
    }
    if (!wanted.write()) {
      return EpollIoOps.EPOLLIN;
    }
    return wanted.read() ? EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT) : EpollIoOps.EPOLLOUT;
  }

  private IoRegistration register() throws IOException {
    Future<IoRegistration> result = loop.netty().register(handle);
    // On the loop thread the answer is there at once.
    if (!result.isSuccess()) {
      throw new IOException(result.cause());
    }
    return result.getNow();
  }

  private void unregister() {
    if (registration != null) {
      registration.cancel();
      registration = null;
    }
  }

  private void fail(Throwable cause) {
    if (!(cause instanceof Error)) {
      LOG.error("watch of descriptor {} ended", handle.fd.intValue(), cause);
    }
    try {
      close();
    } finally {
      listener.onFailure(cause);
    }
  }

  private final class Handle implements EpollIoHandle {
    private final FileDescriptor fd;

    Handle(FileDescriptor fd) {
      this.fd = fd;
    }

    @Override
    public FileDescriptor fd() {
      return fd;
    }

    // Nothing may leave this method: Netty would take it for a failure of the loop itself, log it
    // and stop for a second; and an error would cost others what they were to be told.
    @Override
    public void handle(IoRegistration source, IoEvent event) {
      if (registration == null) {
        return;
      }
      try {
        dispatchOrFail(((EpollIoEvent) event).ops());
      } catch (Throwable again) {
        loop.contain("watch of a descriptor did not end in order", again);
      }
    }

    private void dispatchOrFail(EpollIoOps ops) {
      try {
        dispatch(ops);
      } catch (Error error) {
        loop.contain("watch of a descriptor met an error", error);
        if (!listener.outlives(error)) {
          fail(error);
        }
      } catch (Exception thrown) {
        fail(thrown);
      }
    }

    private void dispatch(EpollIoOps ops) throws Exception {
      if (interest == Interest.HANG_UP) {
        if (hungUp(ops) || ops.contains(EpollIoOps.EPOLLERR)) {
          listener.onHangUp();
        }
        return;
      }
      boolean in = ops.contains(EpollIoOps.EPOLLIN);
      boolean out = ops.contains(EpollIoOps.EPOLLOUT);
      // EPOLLHUP (0x10) has no constant in EpollIoOps: what is neither in nor out is it or an
      // error.
      boolean ended = ops.contains(EpollIoOps.EPOLLERR) || (!in && !out) || hungUp(ops);
      boolean readable = interest.read() && (in || ended);
      boolean writable = interest.write() && (out || ended);
      if (readable || writable) {
        listener.onReady(readable, writable);
      }
    }

    private boolean hungUp(EpollIoOps ops) {
      return (ops.value() & EPOLLHUP) != 0;
    }

    @Override
    public void close() {
      Watch.this.close();
    }
  }
}
