package io.conmonj.monitor.attach;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.server.OutsideSession;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * What one client types, to a container, packet by packet and no faster than the container reads
 * it: as long as one waits, the next stays in the socket. Loop thread only.
 */
final class ClientInput {
  /** Packets read before other work has its turn. */
  private static final int PACKETS_PER_TURN = 16;

  private final Fd socket;
  private final Packets packets;
  private final OutsideSession session;
  private final Optional<PipeWriter> to;
  private final ClientEvents client;
  private final Runnable inVain;
  private boolean paused;
  private boolean ended;
  private boolean typed;

  /**
   * @param to the container's input, if it has any
   * @param inVain told when something comes that the container does not get
   */
  ClientInput(
      Fd socket,
      Packets packets,
      OutsideSession session,
      Optional<PipeWriter> to,
      ClientEvents client,
      Runnable inVain) {
    this.socket = socket;
    this.packets = packets;
    this.session = session;
    this.to = to;
    this.client = client;
    this.inVain = inVain;
  }

  /** Whether the next packet is wanted. */
  boolean isReading() {
    return !paused && !ended;
  }

  /** Whether there is no more to come, and nothing waits. */
  boolean isOver() {
    return ended;
  }

  /** Writes down what has come; all of it was passed on. */
  void freeze(StateWriter out) {
    out.flag(ended).flag(typed);
  }

  /** Goes on where another one has been. */
  void thaw(StateReader in) throws UnreadableStateException {
    ended = in.flag();
    typed = in.flag();
  }

  /** Whether anything has come. */
  boolean typed() {
    return typed;
  }

  /** There is something to be read, or the end. */
  void onReadable() throws KernelException {
    for (int i = 0; i < PACKETS_PER_TURN && isReading(); i++) {
      if (!session.memory().hasRoom()) {
        pause();
        session.memory().whenRoom(this::goOn);
        return;
      }
      int length = receive();
      if (length == 0) {
        return;
      }
      if (length == Io.END) {
        ended = true;
        client.inputEnded();
      } else if (length > Packets.MAX_INPUT) {
        close();
        client.end(
            SessionEnd.ABORTED,
            "the client sent a packet of more than " + Packets.MAX_INPUT + " bytes");
      } else {
        typed = true;
        session.received(length);
        passOn(packets.take(session.memory().allocator()));
      }
    }
  }

  /** Takes and drops what has been sent, so that closing the socket is no reset for the client. */
  void discard() {
    try {
      for (int i = 0; i < PACKETS_PER_TURN && packets.receive(socket) > 0; i++) {
        typed = true;
      }
    } catch (KernelException gone) {
      // So has the client.
    }
  }

  /** Reads no more. */
  void close() {
    ended = true;
  }

  private int receive() throws KernelException {
    try {
      return packets.receive(socket);
    } catch (KernelException reset) {
      if (reset.errno() != Errno.ECONNRESET) {
        throw reset;
      }
      client.clientLeft();
      return isReading() ? packets.receive(socket) : 0;
    }
  }

  private void passOn(ByteBuf bytes) {
    if (to.isEmpty()) {
      bytes.release();
      inVain.run();
      return;
    }
    var written = to.get().write(bytes);
    if (written.isCompletedExceptionally()) {
      inVain.run();
    } else if (!written.isDone()) {
      pause();
      var _ = written.whenComplete((done, failed) -> goOn());
    }
  }

  private void pause() {
    paused = true;
    client.interestChanged();
  }

  private void goOn() {
    paused = false;
    client.interestChanged();
  }
}
