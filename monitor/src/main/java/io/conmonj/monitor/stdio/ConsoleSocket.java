package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FdPassing;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.ReceivedMessage;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an OCI runtime delivers the terminal that it made: a socket that takes one connection with
 * one message that carries one descriptor, as the runtime's option {@code --console-socket} has it
 * (docs/terminals.md of runc). Loop thread only.
 */
public final class ConsoleSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleSocket.class);

  /** The message's text is the terminal's name in the container, which is of no use here. */
  private static final int MAX_TEXT = 4096;

  private static final int ONE = 1;

  private final EventLoop loop;
  private final Path path;
  private final Optional<Path> ownDirectory;
  private final Fd listener;
  private final Watch listening;
  private final CompletableFuture<Pty> terminal = new CompletableFuture<>();
  private Optional<Connection> connection = Optional.empty();

  private record Connection(Fd socket, Watch watch) {
    void close() {
      watch.close();
      socket.close();
    }
  }

  private ConsoleSocket(EventLoop loop, Path path, Optional<Path> ownDirectory, Fd listener)
      throws IOException {
    this.loop = loop;
    this.path = path;
    this.ownDirectory = ownDirectory;
    this.listener = listener;
    this.listening = loop.watch(listener, Interest.READ, (in, out) -> poll());
  }

  /**
   * Begins to listen.
   *
   * @param path short enough for a socket address, in a directory that nobody else can write to
   * @param ownDirectory that directory where it is for this socket alone: removed with it, also
   *     when this fails
   * @throws IOException when it cannot be made
   */
  static ConsoleSocket listen(EventLoop loop, Path path, Optional<Path> ownDirectory)
      throws IOException {
    Fd listener;
    try {
      listener = UnixSocket.listen(SocketType.STREAM, path.toString());
    } catch (IOException refused) {
      remove(ownDirectory);
      throw refused;
    }
    try {
      return new ConsoleSocket(loop, path, ownDirectory, listener);
    } catch (IOException refused) {
      listener.close();
      remove(Optional.of(path));
      remove(ownDirectory);
      throw refused;
    }
  }

  /** The path to give to the runtime. */
  public String path() {
    return path.toString();
  }

  /**
   * Completes with the terminal, now the receiver's; fails when something else was delivered, or
   * the connection ended before. While nobody connects it just stays open.
   */
  public CompletableFuture<Pty> terminal() {
    return terminal;
  }

  /** Looks at once for what has arrived, without waiting to be told. */
  public void poll() {
    try {
      if (!terminal.isDone() && connection.isEmpty()) {
        accept();
      }
      if (!terminal.isDone() && connection.isPresent()) {
        receive(connection.get().socket);
      }
    } catch (IOException failed) {
      fail(failed);
    }
  }

  /** Removes the socket. A runtime that comes too late is refused, its terminal hung up. */
  @Override
  public void close() {
    closeSockets();
    terminal.completeExceptionally(new IOException("console socket: closed"));
  }

  private void accept() throws IOException {
    Optional<Fd> accepted = UnixSocket.accept(listener);
    if (accepted.isPresent()) {
      // One connection is all there is: from here on nobody else gets in.
      closeListener();
      Fd socket = accepted.get();
      try {
        connection =
            Optional.of(
                new Connection(socket, loop.watch(socket, Interest.READ, (in, out) -> poll())));
      } catch (IOException refused) {
        socket.close();
        throw refused;
      }
    }
  }

  private void receive(Fd socket) throws IOException {
    Optional<ReceivedMessage> received = FdPassing.receive(socket, MAX_TEXT, ONE);
    if (received.isEmpty()) {
      return;
    }
    try (ReceivedMessage message = received.get()) {
      if (message.isEnd()) {
        throw new IOException("console socket: closed by the runtime without a terminal");
      }
      if (message.descriptors().size() != ONE || message.descriptorsLost()) {
        throw new IOException("console socket: a message without exactly one descriptor");
      }
      Pty pty = Pty.adopt(Fd.adopt(message.descriptors().get(0).release()));
      closeSockets();
      if (!terminal.complete(pty)) {
        pty.close();
      }
    }
  }

  private void fail(IOException reason) {
    closeSockets();
    terminal.completeExceptionally(reason);
  }

  private void closeSockets() {
    closeListener();
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
  }

  private void closeListener() {
    if (!listener.closed()) {
      listening.close();
      listener.close();
      remove(Optional.of(path));
      remove(ownDirectory);
    }
  }

  private static void remove(Optional<Path> file) {
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException refused) {
      LOG.warn("remove console socket {}", file.get(), refused);
    }
  }
}
