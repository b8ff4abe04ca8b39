package io.conmonj.monitor.attach;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.schema.State;
import io.conmonj.streaming.server.StreamingServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.capnproto.StructList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attach sockets of a monitor. Loop thread only. */
public final class AttachSockets {
  private static final Logger LOG = LoggerFactory.getLogger(AttachSockets.class);

  /** Names of one container, each of which takes a descriptor: more than anybody has use for. */
  static final int MOST_OF_A_CONTAINER = 16;

  /** For the disk on which a socket's file is to be. */
  private static final Duration FILE_WAIT = Duration.ofSeconds(30);

  private final EventLoop loop;
  private final StreamingServer server;
  private final Duration closeWait;
  private final Optional<Tracing> tracing;

  /** By path. */
  private final Map<String, AttachSocket> sockets = new LinkedHashMap<>();

  private final Keeping keeping;
  private final MovingClients movingClients;

  /** Null until the first is asked for. */
  private Packets packets;

  /** Of the socket that was asked for last. */
  private int lastNumber;

  /**
   * @param server counts and lists the clients
   * @param closeWait how long a client may take for the rest of the output, once the container has
   *     ended
   * @param tracing where sockets and their clients are traced; empty for nowhere
   * @param keeping where listeners are kept for the next worker
   */
  public AttachSockets(
      EventLoop loop,
      StreamingServer server,
      Duration closeWait,
      Optional<Tracing> tracing,
      Keeping keeping) {
    this.keeping = keeping;
    this.movingClients = new MovingClients(sockets.values(), keeping);
    keeping.owner(this::describe);
    this.loop = loop;
    this.server = server;
    this.closeWait = closeWait;
    this.tracing = tracing;
  }

  private void describe(State.Monitor.Builder to) {
    StructList.Builder<State.AttachSocket.Builder> list = to.initAttachSockets(sockets.size());
    int i = 0;
    for (AttachSocket each : sockets.values()) {
      each.describe(list.get(i++));
    }
  }

  /**
   * Goes on with the sockets of the worker before; once, before any is opened. Their clients see
   * nothing of it, but for those that were connected when it ended without handing them over.
   *
   * @param containers those that there are, by id; the sockets of others are removed
   */
  public void restore(Inheritance left, Function<String, Optional<Container>> containers) {
    for (State.AttachSocket.Reader each : left.monitor().getAttachSockets()) {
      lastNumber = Math.max(lastNumber, each.getNumber());
      SocketFile file = new SocketFile(each.getPath().toString(), file(each));
      Optional<Fd> listener = left.take(AttachSocket.keptAs(each.getNumber()));
      Optional<Container> container = containers.apply(each.getContainer().toString());
      if (container.isPresent()) {
        restore(each, container.get(), file, listener);
      } else {
        listener.ifPresent(Fd::close);
        keeping.withdraw(AttachSocket.keptAs(each.getNumber()));
        removeFile(file, each.getPath().toString());
      }
    }
  }

  private static FileStatus file(State.AttachSocket.Reader left) {
    int notSaid = 0;
    return new FileStatus(
        notSaid, notSaid, notSaid, notSaid, notSaid, left.getPlace(), left.getInode());
  }

  private void restore(
      State.AttachSocket.Reader left, Container container, SocketFile file, Optional<Fd> listener) {
    AttachSocket socket = add(container, left.getPath().toString(), file, left.getNumber());
    try {
      if (listener.isPresent()) {
        socket.takeOver(listener.get(), left.getStopAfterInput());
        return;
      }
    } catch (IOException refused) {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, container.id())
          .log("attach socket {} is lost: {}", left.getPath(), refused.getMessage());
    }
    socket.close();
  }

  private void removeFile(SocketFile file, String path) {
    var _ =
        loop.offload(
                AttachSocket.THREAD,
                () -> {
                  file.remove();
                  return null;
                })
            .exceptionally(
                refused -> {
                  LOG.warn("cannot remove attach socket {}", path, refused);
                  return null;
                });
  }

  /** Their clients, on their way from one worker to the next. */
  public MovingClients movingClients() {
    return movingClients;
  }

  /**
   * Lets clients join a container's streams through a socket, until its end. Asking again for the
   * same does no harm.
   *
   * @param path absolute; of any length
   * @param stopAfterInput whether a client's session ends with its input
   * @return completes when clients can connect; fails with an {@link IOException} when they cannot
   */
  public CompletableFuture<Void> open(Container container, String path, boolean stopAfterInput) {
    AttachSocket socket = sockets.get(path);
    if (socket != null && socket.isClosing()) {
      return socket.closed().thenCompose(gone -> open(container, path, stopAfterInput));
    }
    if (socket == null) {
      if (count(container) == MOST_OF_A_CONTAINER) {
        return refused("the container has " + MOST_OF_A_CONTAINER + " attach sockets already");
      }
      socket = add(container, path, new SocketFile(path), ++lastNumber);
    } else if (socket.container() != container) {
      return refused(path + " is the attach socket of container " + socket.container().id());
    }
    return open(socket, stopAfterInput);
  }

  private CompletableFuture<Void> open(AttachSocket socket, boolean stopAfterInput) {
    Opening opening = new Opening(loop, FILE_WAIT, socket, keeping);
    opening.start(stopAfterInput);
    return opening.result();
  }

  private AttachSocket add(Container container, String path, SocketFile file, int number) {
    if (packets == null) {
      packets = new Packets();
    }
    Optional<Span> span = span(path);
    AttachSocket added =
        new AttachSocket(
            loop,
            server,
            packets,
            closeWait,
            container,
            path,
            file,
            keeping,
            number,
            span,
            () -> clients(container) <= 1,
            () -> sockets.remove(path));
    added.closeWithContainer();
    sockets.put(path, added);
    if (span.isPresent()) {
      var _ = added.closed().thenRun(() -> span.get().end());
    }
    return added;
  }

  private Optional<Span> span(String path) {
    if (tracing.isEmpty() || tracing.get().current().isEmpty()) {
      return Optional.empty();
    }
    Span span = tracing.get().current().get().child("attach");
    span.attribute("path", path);
    return Optional.of(span);
  }

  int count(Container container) {
    int count = 0;
    for (AttachSocket each : sockets.values()) {
      count += each.container() == container ? 1 : 0;
    }
    return count;
  }

  private int clients(Container container) {
    int clients = 0;
    for (AttachSocket each : sockets.values()) {
      clients += each.container() == container ? each.clients() : 0;
    }
    return clients;
  }

  private static CompletableFuture<Void> refused(String why) {
    return CompletableFuture.failedFuture(new IOException(Opening.FAILED + ": " + why));
  }

  /**
   * Closes all of them, whatever their containers do. Their clients are the streaming server's to
   * end.
   *
   * @return completes when their files are removed
   */
  public CompletableFuture<Void> close() {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (AttachSocket each : List.copyOf(sockets.values())) {
      each.close();
      all.add(each.closed());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }
}
