package io.conmonj.monitor.attach;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.stdio.OutputListener;
import io.conmonj.monitor.stdio.StdStream;
import io.conmonj.monitor.stdio.Subscription;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.server.OutsideSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a container writes, to one client. While its socket is full the output waits in the
 * subscription, up to that one's bound; neither the container nor other clients are held back. Loop
 * thread only.
 */
final class ClientOutput implements OutputListener {
  /** Bytes of output that a client may be behind before it is cut off, beside a full socket. */
  private static final int MAX_BEHIND = 1024 * 1024;

  private static final int NO_REPLAY = 0;
  private static final int ALL_THAT_IS_KEPT = Integer.MAX_VALUE;

  private final Fd socket;
  private final Packets packets;
  private final OutsideSession session;
  private final ClientEvents client;

  /** Null before {@link #follow}. */
  private Subscription output;

  /** What the socket has not taken of the last bytes, in memory of the client's own. */
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;

  private StdStream stream = StdStream.STDOUT;
  private String reason = "the container has ended";
  private boolean over;
  private boolean finishing;
  private boolean doneWaits;

  ClientOutput(Fd socket, Packets packets, OutsideSession session, ClientEvents client) {
    this.socket = socket;
    this.packets = packets;
    this.session = session;
    this.client = client;
  }

  /**
   * Begins with what the container writes from now on; where it has no input, so that all that one
   * can do is to look, with what is kept of what it has written.
   */
  void follow(Container container) {
    int replay = container.stdin().isEmpty() ? ALL_THAT_IS_KEPT : NO_REPLAY;
    output = container.follow(this, MAX_BEHIND, replay);
    output.resume();
  }

  /**
   * Writes down what has not been sent.
   *
   * @throws CannotMoveException when the session is about to end
   */
  void freeze(StateWriter out) throws CannotMoveException {
    if (over || finishing || doneWaits || output.isEnding()) {
      throw new CannotMoveException("a client of an attach socket takes the last output", true);
    }
    out.word(stream).bytes(rest).bytes(output.undelivered());
  }

  /** Goes on where another one has been, in place of {@link #follow}. */
  void thaw(StateReader in, Container container) throws UnreadableStateException {
    stream = in.word(StdStream.class);
    byte[] unsent = in.bytes();
    output = container.follow(this, MAX_BEHIND, in.bytes());
    if (unsent.length > 0) {
      rest = session.memory().outgoing().allocator().directBuffer(unsent.length).writeBytes(unsent);
      session.stalled(true);
    } else {
      output.resume();
    }
  }

  /** Ends the session when what the container has written so far is sent. */
  void finish(String why) {
    reason = why;
    finishing = true;
    finishIfSent();
  }

  private void finishIfSent() {
    if (finishing && !over && !isBlocked()) {
      output.close();
      onEnd();
    }
  }

  /** Whether something waits until the socket takes more. */
  boolean isBlocked() {
    return rest.isReadable() || doneWaits;
  }

  /** The socket takes more. */
  void onWritable() {
    try {
      session.sent(packets.send(socket, stream, rest));
    } catch (KernelException gone) {
      client.clientLeft();
      return;
    }
    if (rest.isReadable()) {
      return;
    }
    release();
    session.stalled(false);
    if (doneWaits) {
      onEnd();
    } else {
      output.resume();
      finishIfSent();
    }
    client.interestChanged();
  }

  /** Tells the person at the client something, unless output is waiting. */
  void tell(String text) {
    if (!over && !isBlocked()) {
      try {
        packets.tell(socket, text);
      } catch (KernelException gone) {
        client.clientLeft();
      }
    }
  }

  /** Stops; what has not been sent is dropped. */
  void close() {
    over = true;
    doneWaits = false;
    if (output != null) {
      output.close();
    }
    release();
  }

  @Override
  public void onOutput(StdStream from, ByteBuf bytes) {
    try {
      stream = from;
      session.sent(packets.send(socket, from, bytes));
      if (bytes.isReadable()) {
        hold(bytes);
      }
    } catch (KernelException gone) {
      client.clientLeft();
    } finally {
      bytes.release();
    }
  }

  /** A share would keep what was read from the container, and count against that. */
  private void hold(ByteBuf bytes) {
    int length = bytes.readableBytes();
    rest = session.memory().outgoing().allocator().directBuffer(length, length).writeBytes(bytes);
    output.pause();
    session.stalled(true);
    client.interestChanged();
  }

  private void release() {
    rest.release();
    rest = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void onEnd() {
    try {
      doneWaits = !packets.sendDone(socket);
    } catch (KernelException gone) {
      client.clientLeft();
      return;
    }
    if (doneWaits) {
      session.stalled(true);
      client.interestChanged();
    } else {
      client.end(SessionEnd.FINISHED, reason);
    }
  }

  @Override
  public void onOverrun(long missedBytes) {
    client.end(
        SessionEnd.FAILED,
        "the client did not keep up with the container's output and missed "
            + (missedBytes + rest.readableBytes())
            + " bytes");
  }
}
