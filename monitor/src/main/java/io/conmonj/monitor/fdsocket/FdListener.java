package io.conmonj.monitor.fdsocket;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.PeerCredentials;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.PrivateListener;
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

  private final EventLoop loop;
  private final FdSlots slots = new FdSlots();
  private final Set<FdClient> clients = new LinkedHashSet<>();
  private final PrivateListener listener;

  /**
   * Binds and listens. What is left of a monitor that was killed is replaced.
   *
   * @param path in a directory that is this monitor's alone
   * @throws IOException when it cannot
   */
  FdListener(EventLoop loop, Path path) throws IOException {
    this.loop = loop;
    Files.deleteIfExists(path);
    listener =
        PrivateListener.listen(
            loop,
            SocketType.SEQPACKET,
            path.toString(),
            "descriptor",
            ThisProcess.effectiveUser(),
            this::open);
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
    listener.close();
    List.copyOf(clients).forEach(FdClient::close);
  }
}
