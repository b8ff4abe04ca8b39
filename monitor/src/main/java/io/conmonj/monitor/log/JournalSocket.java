package io.conmonj.monitor.log;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FdPassing;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.kernel.SendReceipt;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.ReadinessListener;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A connection to systemd's journal: datagrams, of which it takes all or nothing. It is connected,
 * though it need not be, since only then does the kernel tell when journald has room again. Event
 * loop only.
 */
final class JournalSocket implements ReadinessListener {
  private final EventLoop loop;
  private final String path;
  private final Optional<SendReceipt> receipt;
  private final Runnable room;
  private Fd socket;
  private Watch watch;

  /**
   * Makes one that is not connected.
   *
   * @param receipt gets to know what was sent, for the next worker
   * @param room runs when it has room again after {@link #send} found none
   */
  JournalSocket(EventLoop loop, String path, Optional<SendReceipt> receipt, Runnable room) {
    this.loop = loop;
    this.path = path;
    this.receipt = receipt;
    this.room = room;
  }

  String path() {
    return path;
  }

  /**
   * Sends an entry, connecting anew where journald has been started anew.
   *
   * @return false when there is no room now
   * @throws IOException when the journal is away or there is no descriptor left for it: the entry
   *     has not been sent, and may be sent again
   */
  boolean send(ByteBuffer entry) throws IOException {
    if (socket == null) {
      connect();
    }
    try {
      return sendNow(entry);
    } catch (KernelException failed) {
      if (!isAway(failed.errno())) {
        throw failure(failed);
      }
    }
    close();
    connect();
    try {
      return sendNow(entry);
    } catch (KernelException failed) {
      throw failure(failed);
    }
  }

  /**
   * Connects it.
   *
   * @throws IOException when the journal is away
   */
  void connect() throws IOException {
    try {
      socket = UnixSocket.connect(SocketType.DATAGRAM, path);
    } catch (KernelException failed) {
      throw failure(failed);
    }
  }

  private IOException failure(KernelException cause) {
    return new IOException("journal " + path + ": " + Errno.describe(cause.errno()), cause);
  }

  private static boolean isAway(int errno) {
    return switch (errno) {
      case Errno.ECONNREFUSED, Errno.ECONNRESET, Errno.ENOTCONN, Errno.EPIPE -> true;
      default -> false;
    };
  }

  private boolean sendNow(ByteBuffer entry) throws IOException {
    boolean sent;
    try {
      sent = receipt.isPresent() ? receipt.get().send(socket, entry) : Io.write(socket, entry) > 0;
    } catch (KernelException failed) {
      if (failed.errno() != Errno.EMSGSIZE) {
        throw failed;
      }
      return sendAsFile(entry);
    }
    if (!sent) {
      awaitRoom();
    }
    return sent;
  }

  /** What is too long for a datagram (net.core.wmem_default) goes as a file, by its descriptor. */
  private boolean sendAsFile(ByteBuffer entry) throws IOException {
    try (Fd file = MemoryFile.createSealable("journal-entry")) {
      ByteBuffer rest = entry.duplicate();
      while (rest.hasRemaining()) {
        Io.write(file, rest);
      }
      MemoryFile.seal(file);
      boolean sent =
          receipt.isPresent()
              ? receipt.get().sendAlone(socket, file)
              : FdPassing.sendAlone(socket, file);
      return sent || awaitRoom();
    }
  }

  /** Returns false. */
  private boolean awaitRoom() throws IOException {
    if (watch == null) {
      watch = loop.watch(socket, Interest.WRITE, this);
    } else {
      watch.interest(Interest.WRITE);
    }
    return false;
  }

  @Override
  public void onReady(boolean readable, boolean writable) {
    watch.interest(Interest.NONE);
    room.run();
  }

  /** The watch is lost; a new connection gets a new one. */
  @Override
  public void onFailure(Throwable cause) {
    close();
    room.run();
  }

  /** Ends the connection, if there is one. */
  void close() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
