package io.conmonj.streaming.portforward;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.EventExecutor;

/**
 * One forwarded connection: the client's streams and the target. Each side can end its half while
 * the other goes on; a reset of one is a reset of the other; and when one does not take what the
 * other sends, that one is not read. All methods are called on the event loop thread.
 */
public final class Pair {
  private enum State {
    /** Not being connected yet: a stream is missing, or it is not its turn. */
    WAITING,
    /** The backend connects to the target. */
    CONNECTING,
    /** As CONNECTING, for a client that has gone: the target still gets what that had sent. */
    CONNECTING_ALONE,
    /** Bytes go both ways, or still one way. */
    CONNECTED,
    /** Nothing is left to do but closing the target. */
    DONE
  }

  /** No number of a descriptor. */
  private static final int NO_SOCKET = -1;

  private final PortForwardSession session;
  private final PairStreams streams;
  private final StreamingLimits limits;
  private final HoldBack holdBack;

  /** What the client has sent before there was a target. */
  private final EarlyInput early = new EarlyInput();

  private State state = State.WAITING;

  /** Null until it is connected. */
  private Target target;

  /**
   * Of the target, between being read of another server's and going on; else {@link #NO_SOCKET}.
   */
  private int socket = NO_SOCKET;

  private boolean clientEnded;

  /** The target has everything that the client had sent, and the end. */
  private boolean clientEndTold;

  private boolean targetEnded;

  Pair(
      PortForwardSession session,
      PairStreams streams,
      EventExecutor executor,
      StreamingLimits limits) {
    this.session = session;
    this.streams = streams;
    this.limits = limits;
    this.holdBack = new HoldBack(session, this, executor, limits.portForward().stall());
  }

  /**
   * Bytes came from the client.
   *
   * @param bytes owned by this method
   */
  public void received(ByteBuf bytes) {
    if (state == State.DONE || clientEnded) {
      bytes.release();
      return;
    }
    session.received(bytes.readableBytes());
    if (state == State.CONNECTED) {
      send(bytes);
    } else if (early.add(bytes) >= limits.portForward().buffer()) {
      holdBack.begin();
    }
  }

  /** The client has ended its side; it still takes what the target sends. */
  public void ended() {
    if (state != State.DONE && !clientEnded) {
      clientEnded = true;
      if (state == State.CONNECTED) {
        endTarget();
      }
    }
  }

  /**
   * The client has given the pair up. The target sees a reset; but one that has ended its side
   * already waits for nothing but what was sent to it before, so it gets that and an ordinary end.
   */
  public void reset() {
    if (state == State.DONE) {
      return;
    }
    boolean inOrder = targetEnded;
    finish();
    streams.done();
    if (target != null) {
      closeTarget(inOrder);
    }
  }

  /**
   * The pair cannot be connected; it is the last call.
   *
   * @param message for the person at the client
   */
  public void fail(String message) {
    boolean isThere = state != State.CONNECTING_ALONE;
    notAloneAnyMore();
    if (state != State.DONE) {
      finish();
      if (isThere) {
        streams.fail(message);
      }
    }
  }

  /**
   * Writes it down. One that is being connected will be connected anew.
   *
   * @param name of the target's socket, among those that belong to the same connection
   */
  public void freeze(StateWriter out, String name) throws CannotMoveException {
    out.word(state).flag(clientEnded).flag(targetEnded);
    if (state == State.CONNECTED) {
      target.freeze(out, name);
    } else {
      early.freeze(out);
    }
    // An end that has been read can be read for ever, and nobody tells it from more.
    if (state != State.DONE && (state != State.CONNECTED || targetEnded)) {
      out.dueNow();
    }
  }

  /**
   * Goes on where another server has been, before anything else.
   *
   * @param name as it was written down
   */
  public void thaw(StateReader in, String name) throws UnreadableStateException {
    State before = in.word(State.class);
    clientEnded = in.flag();
    targetEnded = in.flag();
    socket = before == State.CONNECTED ? in.descriptor(name) : NO_SOCKET;
    byte[] waiting = in.bytes();
    if (before == State.DONE) {
      state = State.DONE;
      session.closed(this);
      return;
    }
    if (waiting.length > 0
        && early.add(session.memory().allocator().directBuffer(waiting.length).writeBytes(waiting))
            >= limits.portForward().buffer()) {
      holdBack.begin();
    }
  }

  /**
   * Called once behind {@link #thaw}, when all of the connection has been read.
   *
   * @return whether it goes on, or is over; false if it has still to be connected
   */
  public boolean goOn() {
    if (state == State.WAITING && socket != NO_SOCKET) {
      int its = socket;
      socket = NO_SOCKET;
      state = State.CONNECTING;
      session.goOn(this, its);
    }
    return state != State.WAITING;
  }

  /** Another server goes on with it. */
  void letGo() {
    state = State.DONE;
    holdBack.letGo();
    early.discard();
    if (target != null) {
      target.letGo();
    }
  }

  /** The session is being ended: tells the client why, and goes on as if the client had gone. */
  void tellEnd(String reason) {
    if (state != State.DONE) {
      streams.fail(reason);
      clientGone();
    }
  }

  /** The memory of the connection is full: it may be this one's target that takes nothing. */
  void suspect() {
    holdBack.suspect();
  }

  /** What the client has sent and the target has not taken, in bytes. */
  long pendingBytes() {
    return target == null ? early.cost() : target.pendingBytes();
  }

  /** What the target has taken so far, in bytes. */
  long takenBytes() {
    return target == null ? 0 : target.takenBytes();
  }

  boolean isDone() {
    return state == State.DONE;
  }

  void connecting() {
    state = State.CONNECTING;
  }

  void connected(DuplexChannel channel) {
    if (state == State.DONE) {
      var _ = channel.close();
      return;
    }
    target = new Target(channel, limits, this);
    notAloneAnyMore();
    if (state == State.CONNECTING_ALONE) {
      sendEarly();
      finish();
      closeTarget(true);
      return;
    }
    state = State.CONNECTED;
    target.chargeTo(session.memory().outgoing());
    holdBack.end();
    sendEarly();
    if (clientEnded) {
      endTarget();
    }
    clientTakesMore();
  }

  /** The client may take more than before. */
  void clientTakesMore() {
    if (state == State.CONNECTED) {
      boolean takes = session.clientTakesMore();
      target.setReading(takes);
      if (!takes) {
        session.waitForClient(this);
      }
    }
  }

  /** The client's connection has gone. */
  void clientGone() {
    if (state == State.CONNECTING) {
      state = State.CONNECTING_ALONE;
      session.leftBehind(1);
      holdBack.stop();
      session.closed(this);
    } else if (state != State.DONE) {
      finish();
      if (target != null) {
        closeTarget(true);
      }
    }
  }

  void targetSent(ByteBuf bytes) {
    if (state != State.CONNECTED) {
      bytes.release();
      return;
    }
    session.sent(bytes.readableBytes());
    streams.write(bytes);
    if (!session.clientTakesMore()) {
      clientTakesMore();
    }
  }

  void targetTakesMore() {
    if (target.isWritable()) {
      holdBack.end();
    }
  }

  void targetEnded() {
    if (state == State.CONNECTED && !targetEnded) {
      targetEnded = true;
      streams.end();
      doneIfBothEnded();
    }
  }

  /** The target broke off; or this pair stalled all others for too long. */
  void abort() {
    if (state != State.DONE) {
      finish();
      streams.reset();
      if (target != null) {
        closeTarget(false);
      }
    }
  }

  /** The target was connected to, and had broken off before it could be used. */
  void resetByTarget() {
    if (state == State.CONNECTING_ALONE) {
      notAloneAnyMore();
      finish();
    } else {
      abort();
    }
  }

  private void notAloneAnyMore() {
    if (state == State.CONNECTING_ALONE) {
      session.leftBehind(-1);
    }
  }

  private void sendEarly() {
    for (ByteBuf bytes = early.poll(); bytes != null; bytes = early.poll()) {
      send(bytes);
    }
  }

  private void send(ByteBuf bytes) {
    target.send(bytes);
    if (!target.isWritable() && state == State.CONNECTED) {
      holdBack.begin();
    }
  }

  private void endTarget() {
    target.whenSent(
        () -> {
          if (state == State.CONNECTED) {
            target.endOutput();
            clientEndTold = true;
            doneIfBothEnded();
          }
        });
  }

  private void doneIfBothEnded() {
    if (targetEnded && clientEndTold && state == State.CONNECTED) {
      finish();
      streams.done();
      target.close();
    }
  }

  private void finish() {
    state = State.DONE;
    holdBack.stop();
    session.closed(this);
    early.discard();
    if (socket != NO_SOCKET) {
      new EpollSocketChannel(socket).unsafe().closeForcibly();
      socket = NO_SOCKET;
    }
  }

  private void closeTarget(boolean inOrder) {
    if (inOrder) {
      target.closeInOrder(targetEnded, session::leftBehind);
    } else {
      target.reset();
    }
  }
}
