package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.PeerCredentials;
import io.conmonj.kernel.Reason;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.Acceptor;
import io.conmonj.monitor.loop.EventLoop;
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

  private static final int ROOT = 0;

  private final Path path;
  private final String kind;
  private final EventLoop loop;
  private final Consumer<Channel> connected;
  private final int ownUser;
  private Acceptor acceptor;

  private PrivateSocket(
      Path path, String kind, EventLoop loop, Consumer<Channel> connected, int ownUser) {
    this.path = path;
    this.kind = kind;
    this.loop = loop;
    this.connected = connected;
    this.ownUser = ownUser;
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
      Fd listener = UnixSocket.listen(SocketType.STREAM, path.toString());
      PrivateSocket socket = new PrivateSocket(path, kind, loop, connected, ownUser);
      socket.acceptor = Acceptor.start(loop, listener, kind, socket::open);
      return socket;
    } catch (StartException ours) {
      throw ours;
    } catch (IOException refused) {
      throw new StartException("listen on " + path, refused);
    }
  }

  private void open(Fd accepted) throws KernelException {
    if (mayConnect(accepted)) {
      handOn(new EpollDomainSocketChannel(accepted.number()), accepted);
    } else {
      accepted.close();
    }
  }

  private boolean mayConnect(Fd accepted) throws KernelException {
    PeerCredentials peer = PeerCredentials.of(accepted);
    if (peer.uid() == ownUser || peer.uid() == ROOT) {
      return true;
    }
    LOG.warn("refused a {} connection of user {} (pid {})", kind, peer.uid(), peer.pid());
    return false;
  }

  private void handOn(EpollDomainSocketChannel channel, Fd accepted) {
    connected.accept(channel);
    // From here on the descriptor is the channel's, which closes it when it cannot be registered.
    accepted.release();
    EventLoopGroup anyChannels = loop.netty();
    var _ = anyChannels.register(channel);
  }

  /** Stops listening and removes the socket's file; connections go on. */
  @Override
  public void close() {
    acceptor.close();
    try {
      Files.deleteIfExists(path);
    } catch (IOException refused) {
      LOG.warn("cannot remove {}: {}", path, Reason.of(refused));
    }
  }
}
