package io.conmonj.monitor.fdsocket;

import io.conmonj.kernel.BoundName;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.PeerCredentials;
import io.conmonj.kernel.Reason;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.Acceptor;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.PrivateConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the descriptor socket and lets in only the monitor's own user and root. Loop thread
 * only.
 */
final class FdListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FdListener.class);

  /** How many connections there may be at once; who comes then is cut off. */
  static final int MAX_CLIENTS = 64;

  private static final String KIND = "descriptor";

  private final BoundName name;
  private final EventLoop loop;
  private final FdSlots slots = new FdSlots();
  private final Set<FdClient> clients = new LinkedHashSet<>();
  private final Acceptor acceptor;

  /**
   * Binds and listens. What is left of a monitor that was killed is replaced.
   *
   * @param path in a directory that is this monitor's alone
   * @throws IOException when it cannot
   */
  FdListener(EventLoop loop, Path path) throws IOException {
    this.loop = loop;
    Files.deleteIfExists(path);
    Fd listener = UnixSocket.listen(SocketType.SEQPACKET, path.toString());
    try {
      name = BoundName.of(path.toString());
    } catch (IOException refused) {
      listener.close();
      throw refused;
    }
    try {
      acceptor =
          Acceptor.start(
              loop,
              listener,
              KIND,
              new PrivateConnections(KIND, ThisProcess.effectiveUser(), this::open));
    } catch (IOException refused) {
      remove();
      throw refused;
    }
  }

  FdSlots slots() {
    return slots;
  }

  private void open(Fd accepted) throws IOException {
    if (clients.size() < MAX_CLIENTS) {
      clients.add(new FdClient(loop, accepted, slots, clients::remove));
      return;
    }
    LOG.warn(
        "refused descriptors of pid {}: {} others connected",
        PeerCredentials.of(accepted).pid(),
        clients.size());
    accepted.close();
  }

  /** Stops listening, ends all connections and removes the socket's file. */
  @Override
  public void close() {
    acceptor.close();
    List.copyOf(clients).forEach(FdClient::close);
    remove();
  }

  private void remove() {
    try (name) {
      name.remove();
    } catch (KernelException refused) {
      LOG.warn("cannot remove descriptor socket: {}", Reason.of(refused));
    }
  }
}
