package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.ConnectionForm;
import io.conmonj.streaming.frozen.Movable;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.socket.LingeringClose;
import io.conmonj.streaming.socket.PeerClose;
import io.conmonj.streaming.socket.Reading;
import io.conmonj.streaming.wire.CloseCode;
import io.conmonj.streaming.wire.Opcode;
import io.conmonj.streaming.wire.Subprotocol;
import io.conmonj.streaming.wire.UnsentException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of a WebSocket, once the handshake is done: messages and their flow, pings, and
 * the close handshake. Last handler of its pipeline.
 */
final class WebSocketConnection extends ChannelInboundHandlerAdapter implements Movable {
  private static final Logger log = LoggerFactory.getLogger(WebSocketConnection.class);

  private enum State {
    OPEN,
    /** Our close frame is sent, the client's is awaited. */
    CLOSING,
    /** Nothing that comes is of interest any more. */
    DONE
  }

  /** Null where the client was told the end before the connection came here. */
  private final MessageListener listener;

  private final StreamingLimits limits;
  private final FrameDecoder decoder;
  private ChannelHandlerContext ctx;
  private FrameEncoder frames;
  private Pongs pongs;
  private MemoryAccount memory;
  private Reading reading;
  private State state = State.OPEN;
  private boolean closedInOrder;

  /** Null until all is said. */
  private PeerClose peerClose;

  /** What another server has left, until it has been read; null for a connection that is new. */
  private StateReader frozen;

  /**
   * @param listener uses the connection
   * @param limits how long to wait for its end
   */
  WebSocketConnection(MessageListener listener, StreamingLimits limits) {
    this(listener, limits, null);
  }

  /**
   * As the other one, where another server has been.
   *
   * @param listener null where the client has been told the end already
   * @param frozen what that has written down, behind that by which the listener was made; null for
   *     a connection that is new
   */
  WebSocketConnection(MessageListener listener, StreamingLimits limits, StateReader frozen) {
    this.frozen = frozen;
    this.listener = listener;
    this.limits = limits;
    this.decoder = new FrameDecoder(Subprotocol.MAX_MESSAGE, new Frames());
  }

  /**
   * Sends bytes of a channel as binary messages; dropped when the connection is closing.
   *
   * @param channel the first byte of each message
   * @param payload owned by this method; may be empty
   */
  void send(int channel, ByteBuf payload) {
    write(Opcode.BINARY, channel, payload);
    flush();
  }

  /**
   * Writes a text message for each 32 KiB, which go with the next {@link #flush}; dropped when the
   * connection is closing.
   *
   * @param channel the message's first character
   * @param payload the rest of it, ASCII; owned by this method; may be empty
   */
  void writeText(int channel, ByteBuf payload) {
    write(Opcode.TEXT, channel, payload);
  }

  /**
   * Writes bytes as binary messages that are nothing but those bytes, which go with the next {@link
   * #flush}; dropped when the connection is closing.
   *
   * @param bytes owned by this method
   */
  void writeBytes(ByteBuf bytes) {
    while (bytes.readableBytes() > FrameEncoder.MAX_PAYLOAD) {
      ByteBuf message = frames.part(bytes);
      if (message == null) {
        return;
      }
      write(Opcode.BINARY, message.readUnsignedByte(), message);
    }
    if (bytes.isReadable()) {
      write(Opcode.BINARY, bytes.readUnsignedByte(), bytes);
    } else {
      bytes.release();
    }
  }

  /**
   * Sends what was written. This can make the connection writable, and its user write more from
   * within this call: so everything that belongs together must have been written before.
   */
  void flush() {
    frames.flush();
  }

  private void write(Opcode type, int channel, ByteBuf payload) {
    if (state == State.OPEN) {
      frames.writeChannel(type, channel, payload);
    } else {
      payload.release();
    }
  }

  Reading input() {
    return reading;
  }

  MemoryAccount memory() {
    return memory;
  }

  boolean isWritable() {
    return ctx.channel().isWritable();
  }

  /** Whether a client that has gone has sent a close frame or ended its side of the connection. */
  boolean closedInOrder() {
    return closedInOrder;
  }

  /** Whether messages are wanted. What has been read already is still handed over. */
  void setReading(boolean wanted) {
    reading.set(Reading.Reason.RECEIVER, !wanted);
  }

  private void whileNotReading() {
    if (state == State.OPEN) {
      pongs.sendUnasked();
    }
  }

  /**
   * Ends the connection in good order, behind all that was sent: close frame, the client's close
   * frame, TCP close. A client that does not take it within the limit is cut off.
   */
  void close() {
    if (state != State.OPEN) {
      return;
    }
    state = State.CLOSING;
    reading.drain();
    var _ = sendClose(CloseCode.NORMAL);
    peerClose =
        PeerClose.await(ctx.channel(), limits.closeWait(), this::lastWords, this::cutPatiently);
  }

  private ChannelFuture lastWords() {
    return ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
  }

  private void cutPatiently() {
    LingeringClose.cut(ctx.channel());
  }

  @Override
  public ConnectionForm form() {
    return state == State.DONE ? ConnectionForm.LINGERING : ConnectionForm.WEBSOCKET;
  }

  @Override
  public long sessionId() {
    return listener == null ? 0 : listener.sessionId();
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    if (state == State.DONE) {
      return;
    }
    out.flag(state == State.CLOSING);
    if (state == State.CLOSING) {
      peerClose.freeze(out);
    } else {
      listener.freeze(out);
    }
    decoder.freeze(out);
    pongs.freeze(out);
  }

  /** Where another server has been, in the order in which that has written it down. */
  private void thaw(StateReader in) throws UnreadableStateException {
    if (listener == null) {
      state = State.CLOSING;
      reading.drain();
      peerClose = PeerClose.thaw(in, ctx.channel(), this::lastWords, this::cutPatiently);
    } else {
      listener.thaw(this, in);
    }
    decoder.thaw(in);
    pongs.thaw(in);
    if (state == State.OPEN) {
      listener.goOn();
    }
  }

  @Override
  public void letGo() {
    State before = state;
    state = State.DONE;
    decoder.discard();
    if (before == State.OPEN) {
      listener.letGo();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    frames = new FrameEncoder(ctx);
    pongs = new Pongs(frames);
    memory = MemoryAccount.of(ctx.channel().alloc());
    reading = Reading.of(ctx.channel());
    reading.whileOff(this::whileNotReading);
    try {
      if (frozen == null) {
        listener.opened(this);
      } else {
        StateReader in = frozen;
        frozen = null;
        thaw(in);
      }
    } catch (UnreadableStateException cutOff) {
      cut(cutOff);
    } catch (RuntimeException | Error failed) {
      cut(failed);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ByteBuf bytes = (ByteBuf) msg;
    try {
      decoder.decode(bytes);
    } catch (WebSocketException e) {
      log.debug("end WebSocket: {}", e.getMessage());
      fail(e.closeCode());
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (state == State.OPEN && !memory.hasRoom()) {
      listener.noRoom();
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (state == State.OPEN) {
      pongs.sendPostponed();
      listener.writabilityChanged();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    // One that broke off was an exception before.
    closedInOrder = true;
    done();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case IOException e -> {
        log.debug("WebSocket cut off: {}", e.toString());
        done();
        var _ = ctx.close();
      }
      case UnsentException e -> cut(e.getCause());
      case Error e -> cut(e);
      default -> {
        log.error("end WebSocket after an unexpected failure", cause);
        failOrCut();
      }
    }
  }

  private void failOrCut() {
    try {
      fail(CloseCode.INTERNAL_ERROR);
    } catch (RuntimeException | Error again) {
      cut(again);
    }
  }

  /** Resets the connection, of which something is lost that the client was to get. */
  void cut(Throwable cause) {
    State before = state;
    state = State.DONE;
    decoder.discard();
    LingeringClose.resetUpon(cause, ctx.channel());
    if (before == State.OPEN) {
      listener.lost(cause);
    }
  }

  /** Tells the client what was wrong and hears no more of it. */
  private void fail(int closeCode) {
    decoder.discard();
    boolean sayWhy = state == State.OPEN;
    done();
    if (sayWhy) {
      reading.drain();
      LingeringClose.after(sendClose(closeCode), limits.errorLinger());
    } else {
      var _ = ctx.close();
    }
  }

  private void done() {
    State before = state;
    state = State.DONE;
    if (before == State.OPEN) {
      listener.disconnected();
    }
  }

  private void peerCloses(byte[] payload) throws WebSocketException {
    int code = CloseFrame.code(payload);
    decoder.discard();
    if (state == State.OPEN) {
      closedInOrder = true;
      done();
      sendClose(code).addListener(ChannelFutureListener.CLOSE);
      LingeringClose.cutAfter(ctx.channel(), limits.errorLinger());
    } else {
      state = State.DONE;
      var _ = ctx.close();
    }
  }

  private ChannelFuture sendClose(int code) {
    return frames.sendControl(Opcode.CLOSE, CloseFrame.payload(code));
  }

  /** Messages are for the listener while the connection is open, control frames are for us. */
  private final class Frames implements FrameListener {
    @Override
    public void messageStarted(boolean text) throws WebSocketException {
      if (state == State.OPEN) {
        listener.messageStarted(text);
      }
    }

    @Override
    public void messageBytes(ByteBuf bytes) throws WebSocketException {
      if (state == State.OPEN) {
        listener.messageBytes(bytes);
      } else {
        bytes.release();
      }
    }

    @Override
    public void messageEnded() throws WebSocketException {
      if (state == State.OPEN) {
        listener.messageEnded();
      }
    }

    @Override
    public void control(Opcode opcode, byte[] payload) throws WebSocketException {
      switch (opcode) {
        case PING -> {
          if (state == State.OPEN) {
            pongs.answer(payload);
          }
        }
        case CLOSE -> peerCloses(payload);
        default -> {
          // A pong answers nothing of ours: this server sends no pings.
        }
      }
    }
  }
}
