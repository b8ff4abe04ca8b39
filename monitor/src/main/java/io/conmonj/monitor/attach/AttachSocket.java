package io.conmonj.monitor.attach;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Acceptor;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.schema.State;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.server.StreamingServer;
import io.conmonj.streaming.server.TooManySessionsException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One name under which clients join a container, from when it is asked for to the container's end.
 * Loop thread only.
 */
final class AttachSocket {
  private static final Logger LOG = LoggerFactory.getLogger(AttachSocket.class);

  static final String THREAD = "attach-socket";

  /** Together more than may be connected. */
  private static final int ACCEPT_TURNS = 16;

  private final EventLoop loop;
  private final StreamingServer server;
  private final Packets packets;
  private final Duration closeWait;
  private final Container container;
  private final String path;
  private final SocketFile file;
  private final Keeping keeping;
  private final int number;
  private final Optional<Span> span;
  private final BooleanSupplier alone;
  private final Runnable onClosed;
  private final Set<AttachClient> clients = new LinkedHashSet<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** What is done with the file, one after the other. */
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** The last thing that is done with it; null until that is begun. */
  private CompletableFuture<Void> removal;

  private final Duty lookAtContainer;
  private final Duty close;
  private final Duty remove;
  private Optional<Acceptor> acceptor = Optional.empty();
  private boolean stopAfterInput;
  private boolean closing;

  /** The file on which the acceptor listens; empty as long as there was none. */
  private Optional<FileStatus> bound = Optional.empty();

  /**
   * @param closeWait how long a client may take for the rest of the output, once the container has
   *     ended
   * @param path absolute
   * @param file at this path
   * @param keeping where the listener is kept
   * @param number of this socket, in the name of its listener there
   * @param span of this socket, for its clients; empty where nothing is traced
   * @param alone asked by each client: whether the container has no other, on whichever socket
   * @param onClosed called before {@link #closed} completes
   */
  AttachSocket(
      EventLoop loop,
      StreamingServer server,
      Packets packets,
      Duration closeWait,
      Container container,
      String path,
      SocketFile file,
      Keeping keeping,
      int number,
      Optional<Span> span,
      BooleanSupplier alone,
      Runnable onClosed) {
    this.loop = loop;
    this.server = server;
    this.packets = packets;
    this.closeWait = closeWait;
    this.container = container;
    this.path = path;
    this.file = file;
    this.bound = file.made();
    this.keeping = keeping;
    this.number = number;
    this.span = span;
    this.alone = alone;
    this.onClosed = onClosed;
    this.lookAtContainer = loop.duty(this::lookAtContainer);
    this.close = loop.duty(this::closeNow);
    this.remove = loop.duty(this::remove);
  }

  /** Has it closed at the container's end. */
  void closeWithContainer() {
    lookAtContainer.dueWhen(container.exited());
  }

  private void lookAtContainer() {
    if (container.exited().isDone()) {
      closeNow();
    } else {
      closeWithContainer();
    }
  }

  Container container() {
    return container;
  }

  int number() {
    return number;
  }

  private String keptAs() {
    return keptAs(number);
  }

  /** The name under which a socket's listener is kept. */
  static String keptAs(int number) {
    return "attach" + number;
  }

  /** What the next worker needs. */
  void describe(State.AttachSocket.Builder to) {
    to.setNumber(number);
    to.setContainer(container.id());
    to.setPath(path);
    to.setStopAfterInput(stopAfterInput);
    if (bound.isPresent()) {
      to.setPlace(bound.get().place());
      to.setInode(bound.get().inode());
    }
  }

  /**
   * Goes on with a listener of the worker before: whoever has connected meanwhile is waiting there.
   *
   * @param listener this object's
   * @throws IOException when it cannot be watched
   */
  void takeOver(Fd listener, boolean stopsAfterInput) throws IOException {
    stopAfterInput = stopsAfterInput;
    acceptor = Optional.of(Acceptor.start(loop, listener, "attach", this::connected));
  }

  /** How many clients are connected to it. */
  int clients() {
    return clients.size();
  }

  /** Whether nothing is done with its file now. */
  boolean isSettled() {
    return last.isDone() && !closing;
  }

  /** Whether it is being removed. */
  boolean isClosing() {
    return closing;
  }

  /** Completes when it is closed and its file removed. */
  CompletableFuture<Void> closed() {
    return closed;
  }

  /**
   * Listens, unless it does. Clients remove the file as they leave; then it is made anew.
   *
   * @param stopsAfterInput whether those who connect from now on are done when their input ends
   * @return completes when clients can connect; fails with the reason
   */
  CompletableFuture<Void> open(boolean stopsAfterInput) {
    CompletableFuture<Void> opened =
        last.thenCompose(done -> loop.offload(THREAD, file::make))
            .thenAccept(made -> listen(made, stopsAfterInput));
    last = opened.exceptionally(failed -> null);
    return opened;
  }

  private void listen(Optional<Fd> made, boolean stopsAfterInput) {
    // Those who have connected already did so after an earlier call.
    acceptWaiting();
    if (made.isPresent()) {
      replaceAcceptor(made.get());
    }
    stopAfterInput = stopsAfterInput;
    var _ = keeping.changed();
  }

  private void replaceAcceptor(Fd listener) {
    acceptor.ifPresent(Acceptor::close);
    acceptor = Optional.empty();
    try {
      if (closing) {
        listener.close();
        throw new IOException("the container has ended");
      }
      acceptor = Optional.of(Acceptor.start(loop, listener, "attach", this::connected));
      bound = file.made();
      keeping.deposit(keptAs(), listener, WakeRule.READABLE);
    } catch (IOException refused) {
      throw new CompletionException(refused);
    }
  }

  private void acceptWaiting() {
    for (int i = 0; i < ACCEPT_TURNS && acceptor.isPresent() && acceptor.get().accept(); i++) {
      // Each takes a part of them.
    }
  }

  /** Whether anybody can connect. */
  boolean isListening() {
    return acceptor.isPresent() && !closing;
  }

  private void connected(Fd socket) throws IOException {
    try {
      AttachClient client = add(socket, stopAfterInput, AttachClient.newcomer(server, container));
      LOG.atInfo()
          .addKeyValue(LogField.CONTAINER, container.id())
          .log("attach session with {} begins; socket", container.id());
      start(client);
    } catch (TooManySessionsException refused) {
      LOG.atInfo()
          .addKeyValue(LogField.CONTAINER, container.id())
          .log("attach session with {} refused: {}", container.id(), refused.getMessage());
      packets.tell(socket, refused.getMessage());
      socket.close();
    }
  }

  private AttachClient add(Fd socket, boolean stops, AttachClient.Joining joining)
      throws IOException {
    AttachClient client =
        new AttachClient(loop, socket, container, stops, alone, packets, joining, onOver());
    clients.add(client);
    return client;
  }

  /** Its clients, in the order in which they came. */
  Collection<AttachClient> connections() {
    return clients;
  }

  /**
   * Goes on with a client of the worker before; one that cannot be gone on with is cut off.
   *
   * @param socket this object's
   * @param frozen of {@link AttachClient#freeze}
   */
  void goOn(Fd socket, byte[] frozen) {
    StateReader in = new StateReader(frozen, Map.of());
    try {
      if (closing || in.number() != AttachClient.VERSION) {
        throw new IOException("nobody can go on with it");
      }
      boolean stops = in.flag();
      byte[] session = in.bytes();
      AttachClient client = add(socket, stops, ending -> server.attachedBefore(session, ending));
      try {
        client.thaw(in, container);
      } catch (IOException | RuntimeException | Error broken) {
        client.end(SessionEnd.FAILED, "it could not be joined with the container again");
        throw broken;
      }
    } catch (IOException | RuntimeException lost) {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, container.id())
          .setCause(lost)
          .log("a client of attach socket {} is cut off", path);
      if (!socket.closed()) {
        socket.close();
      }
    }
  }

  private Consumer<AttachClient> onOver() {
    if (span.isEmpty()) {
      return clients::remove;
    }
    Span session = span.get().child("read_loop");
    return client -> {
      session.end();
      clients.remove(client);
    };
  }

  private void start(AttachClient client) {
    try {
      client.start(container);
    } catch (RuntimeException | Error broken) {
      client.end(SessionEnd.FAILED, "it could not be joined with the container");
      throw broken;
    }
  }

  /**
   * Accepts no more, and removes the file. Who has connected gets the rest of the output, if it
   * takes that in time.
   */
  void close() {
    close.perform();
  }

  private void closeNow() {
    acceptWaiting();
    closing = true;
    acceptor.ifPresent(Acceptor::close);
    acceptor = Optional.empty();
    keeping.withdraw(keptAs());
    for (AttachClient each : clients) {
      each.endWithin(closeWait);
    }
    remove.perform();
  }

  private void remove() {
    if (!last.isDone()) {
      remove.dueWhen(last);
      return;
    }
    if (removal == null) {
      removal = loop.offload(THREAD, this::removeFile);
    }
    if (!removal.isDone()) {
      remove.dueWhen(removal);
    } else if (removal.isCompletedExceptionally()
        && removal.exceptionNow() instanceof OutOfMemoryError tight) {
      removal = null;
      throw tight; // and then it is done again
    } else {
      onClosed.run();
      var _ = keeping.changed();
      closed.complete(null);
    }
  }

  private Void removeFile() {
    try {
      file.remove();
    } catch (IOException refused) {
      LOG.atWarn()
          .addKeyValue(LogField.CONTAINER, container.id())
          .log("cannot remove attach socket {}: {}", path, refused.getMessage());
    }
    return null;
  }
}
