package io.conmonj.client.transport;

import io.conmonj.epoll.LastingEpoll;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The one daemon thread that carries a client's connections. One loop serves any number of monitors
 * and sessions; share it between them.
 *
 * <p>Futures of this library complete on this thread, and its listeners are called on it: neither
 * may block. Safe for use by any thread.
 */
public final class ClientLoop implements AutoCloseable {
  /** How long {@link #close} waits for tasks that are under way, in milliseconds. */
  private static final long CLOSE_MILLIS = 2_000;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("conmonj-client", true), LastingEpoll.newFactory());

  /** Starts a loop; its thread begins with the first connection. */
  public ClientLoop() {}

  /**
   * Returns the event loop, for the transports of this library.
   *
   * @return the loop, never null
   */
  public EventLoop eventLoop() {
    return group.next();
  }

  /** Ends the thread and closes what is still connected through it. Does not wait for the end. */
  @Override
  public void close() {
    Future<?> _ = group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
