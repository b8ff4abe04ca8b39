package io.conmonj.monitor.loop;

import io.conmonj.kernel.BoundName;
import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Reason;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A unix socket on which only the monitor's own user and root are let in, from its binding to the
 * removal of its file. Loop thread only.
 */
public final class PrivateListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateListener.class);

  private final String kind;
  private final BoundName name;
  private final Fd listener;
  private final Acceptor acceptor;

  private PrivateListener(String kind, BoundName name, Fd listener, Acceptor acceptor) {
    this.kind = kind;
    this.name = name;
    this.listener = listener;
    this.acceptor = acceptor;
  }

  /**
   * Binds and listens.
   *
   * @param path where there must not be a file
   * @param kind what its connections are, for the log, such as {@code control}
   * @param ownUser the user that is let in, besides root
   * @param connected is given the connections of these
   * @throws IOException when it cannot; then there is no file
   */
  public static PrivateListener listen(
      EventLoop loop,
      SocketType type,
      String path,
      String kind,
      int ownUser,
      Acceptor.Connected connected)
      throws IOException {
    Fd listener = UnixSocket.listen(type, path);
    BoundName name;
    try {
      name = BoundName.of(path);
    } catch (KernelException gone) {
      listener.close();
      throw gone;
    }
    return accept(loop, listener, name, kind, ownUser, connected);
  }

  /**
   * Goes on with a socket that listens already; everything else as with {@link #listen}.
   *
   * @param listener this object's, also when this fails
   * @param path where its file is, unless that was removed: then nobody can connect any more
   */
  public static PrivateListener accept(
      EventLoop loop,
      Fd listener,
      String path,
      String kind,
      int ownUser,
      Acceptor.Connected connected)
      throws IOException {
    BoundName name;
    try {
      name = BoundName.of(path);
    } catch (KernelException refused) {
      if (refused.errno() != Errno.ENOENT && refused.errno() != Errno.ENOTDIR) {
        listener.close();
        throw refused;
      }
      LOG.warn("nobody can connect to {} socket {}: {}", kind, path, Reason.of(refused));
      name = BoundName.gone(path);
    }
    return accept(loop, listener, name, kind, ownUser, connected);
  }

  private static PrivateListener accept(
      EventLoop loop,
      Fd listener,
      BoundName name,
      String kind,
      int ownUser,
      Acceptor.Connected connected)
      throws IOException {
    try {
      return new PrivateListener(
          kind,
          name,
          listener,
          Acceptor.start(loop, listener, kind, new PrivateConnections(kind, ownUser, connected)));
    } catch (IOException refused) {
      remove(kind, name);
      throw refused;
    }
  }

  /** The descriptor that listens; it stays this object's. */
  public Fd fd() {
    return listener;
  }

  /**
   * Whether the socket's file was removed, so that nobody can connect any more.
   *
   * @throws KernelException when the kernel does not say
   */
  public boolean isGone() throws KernelException {
    return name.isGone();
  }

  /** See {@link Acceptor#hold}. */
  public void hold() {
    acceptor.hold();
  }

  /** See {@link Acceptor#release}. */
  public void release() {
    acceptor.release();
  }

  /** Stops listening; the socket's file stays. */
  public void stop() {
    acceptor.close();
  }

  /** Stops listening and removes the socket's file; connections go on. */
  @Override
  public void close() {
    acceptor.close();
    remove(kind, name);
  }

  private static void remove(String kind, BoundName file) {
    try (file) {
      file.remove();
    } catch (KernelException refused) {
      LOG.warn("cannot remove {} socket: {}", kind, Reason.of(refused));
    }
  }
}
