package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.PrivateListener;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a socket of the runtime directory, lets in only the monitor's own user and root, and
 * hands their connections on. Loop thread only.
 */
final class PrivateSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateSocket.class);

  private final EventLoop loop;
  private final Consumer<Channel> connected;
  private PrivateListener listener;

  private PrivateSocket(EventLoop loop, Consumer<Channel> connected) {
    this.loop = loop;
    this.connected = connected;
  }

  /**
   * Binds and listens; a socket file that nobody listens on any more is replaced.
   *
   * @param kind what its connections are, for the log, such as {@code control}
   * @param ownUser the user that is let in, besides root
   * @param connected is given each new channel, not registered with the loop yet
   * @throws StartException when it cannot, or when somebody listens there already
   */
  static PrivateSocket listen(
      Path path, String kind, EventLoop loop, int ownUser, Consumer<Channel> connected)
      throws StartException {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        if (UnixSocket.isLive(path.toString())) {
          throw new StartException("socket " + path + " belongs to a monitor that is running");
        }
        Files.delete(path);
      }
      PrivateSocket socket = new PrivateSocket(loop, connected);
      socket.listener =
          PrivateListener.listen(
              loop, SocketType.STREAM, path.toString(), kind, ownUser, socket::handOn);
      return socket;
    } catch (StartException ours) {
      throw ours;
    } catch (IOException refused) {
      throw new StartException("listen on " + path, refused);
    }
  }

  /**
   * Goes on with a listener of the worker before: whoever has connected meanwhile is waiting there.
   * Where its file was removed, it is of no use to anybody, and another is bound, if that is
   * possible: containers go on without.
   *
   * @param listener this object's; everything else as with {@link #listen}
   * @param missed whether anybody would miss the monitor, so that it is to be reached again
   */
  static PrivateSocket takeOver(
      Fd listener,
      Path path,
      String kind,
      EventLoop loop,
      int ownUser,
      Consumer<Channel> connected,
      boolean missed)
      throws StartException {
    if (missed && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      try {
        PrivateSocket again = listen(path, kind, loop, ownUser, connected);
        listener.close();
        return again;
      } catch (StartException refused) {
        LOG.warn("{} socket is not there again: {}", kind, refused.getMessage());
      }
    }
    PrivateSocket socket = new PrivateSocket(loop, connected);
    try {
      socket.listener =
          PrivateListener.accept(loop, listener, path.toString(), kind, ownUser, socket::handOn);
    } catch (IOException refused) {
      throw new StartException("listen on " + path, refused);
    }
    return socket;
  }

  /** A connection of somebody who may; it is this object's to pass on. */
  void handOn(Fd accepted) {
    EpollDomainSocketChannel channel = new EpollDomainSocketChannel(accepted.number());
    connected.accept(channel);
    // From here on the descriptor is the channel's, which closes it when it cannot be registered.
    accepted.release();
    EventLoopGroup anyChannels = loop.netty();
    var _ = anyChannels.register(channel);
  }

  /** The descriptor that listens; it stays this object's. */
  Fd listener() {
    return listener.fd();
  }

  /**
   * Whether the socket's file was removed, so that nobody can connect any more.
   *
   * @throws KernelException when the kernel does not say
   */
  boolean isGone() throws KernelException {
    return listener.isGone();
  }

  /** Lets nobody in until {@link #release}: who connects waits. */
  void hold() {
    listener.hold();
  }

  /** Lets in those who have waited, and all others again. */
  void release() {
    listener.release();
  }

  /** Stops listening, and leaves the socket's file for whoever replaces it; connections go on. */
  void stop() {
    listener.stop();
  }

  /** Stops listening and removes the socket's file; connections go on. */
  @Override
  public void close() {
    listener.close();
  }
}
