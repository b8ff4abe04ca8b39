package io.conmonj.monitor.fdsocket;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.PeerCredentials;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.PrivateListener;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.capnproto.StructList;
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

  /** The name under which the listener is kept. */
  private static final String KEPT_AS = "fdsocket";

  private final EventLoop loop;
  private final Keeping keeping;
  private final FdSlots slots;
  private final Set<FdClient> clients = new LinkedHashSet<>();
  private final Path path;
  private PrivateListener listener;

  /** Of the connection that came last. */
  private int lastClient;

  /**
   * Binds and listens. What is left of a monitor that was killed is replaced.
   *
   * @param path in a directory that is this monitor's alone
   * @throws IOException when it cannot
   */
  static FdListener bind(EventLoop loop, Path path, Keeping keeping) throws IOException {
    FdListener made = new FdListener(loop, path, keeping, newListener(path));
    made.keep();
    return made;
  }

  private static Fd newListener(Path path) throws IOException {
    Files.deleteIfExists(path);
    return UnixSocket.listen(SocketType.SEQPACKET, path.toString());
  }

  private void keep() {
    keeping.deposit(KEPT_AS, listener.fd(), WakeRule.READABLE);
    // The next worker finds it by its name, whatever the state says.
    var _ = keeping.changed();
  }

  /**
   * Goes on with what the worker before has left, if it listened.
   *
   * @throws IOException when it cannot
   */
  static Optional<FdListener> restore(EventLoop loop, Path path, Keeping keeping, Inheritance left)
      throws IOException {
    Optional<Fd> listener = left.take(KEPT_AS);
    if (listener.isEmpty()) {
      return Optional.empty();
    }
    FdListener restored = new FdListener(loop, path, keeping, listener.get());
    State.FdSocket.Reader before = left.monitor().getFdSocket();
    restored.slots.restore(before.getLastSlot());
    for (State.FdClient.Reader each : before.getClients()) {
      restored.restore(each, left);
    }
    restored.slots.dropUntold(left);
    return Optional.of(restored);
  }

  private FdListener(EventLoop loop, Path path, Keeping keeping, Fd listener) throws IOException {
    this.loop = loop;
    this.path = path;
    this.keeping = keeping;
    this.slots = new FdSlots(keeping);
    this.listener = accept(listener);
  }

  private PrivateListener accept(Fd open) throws IOException {
    return PrivateListener.accept(
        loop, open, path.toString(), KIND, ThisProcess.effectiveUser(), this::open);
  }

  /**
   * Has clients find it again where its file was removed; what others have sent stays.
   *
   * @throws IOException when they cannot
   */
  void beThere() throws IOException {
    if (listener.isGone()) {
      PrivateListener again = accept(newListener(path));
      listener.stop();
      listener = again;
      keep();
    }
  }

  private void restore(State.FdClient.Reader before, Inheritance left) throws IOException {
    int number = before.getNumber();
    lastClient = Math.max(lastClient, number);
    Optional<Fd> socket = left.take(FdClient.keptAs(number));
    if (socket.isPresent()) {
      FdClient client = new FdClient(loop, number, socket.get(), slots, this::ended);
      clients.add(client);
      client.restore(before, left);
    }
  }

  private void ended(FdClient client) {
    clients.remove(client);
    keeping.withdraw(FdClient.keptAs(client.number()));
    var _ = keeping.changed();
  }

  /** What the next worker needs. */
  void describe(State.FdSocket.Builder to) {
    to.setLastSlot(slots.last());
    StructList.Builder<State.FdClient.Builder> list = to.initClients(clients.size());
    int i = 0;
    for (FdClient each : clients) {
      each.describe(list.get(i++));
    }
  }

  /** Whether a request of any client is not answered yet. */
  boolean owesAnswer() {
    for (FdClient each : clients) {
      if (each.owesAnswer()) {
        return true;
      }
    }
    return false;
  }

  FdSlots slots() {
    return slots;
  }

  private void open(Fd accepted) throws IOException {
    if (clients.size() < MAX_CLIENTS) {
      int number = ++lastClient;
      clients.add(new FdClient(loop, number, accepted, slots, this::ended));
      keeping.deposit(FdClient.keptAs(number), accepted, WakeRule.READABLE);
      var _ = keeping.changed();
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
    keeping.withdraw(KEPT_AS);
    List.copyOf(clients).forEach(FdClient::close);
  }
}
