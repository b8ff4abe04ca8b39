package io.conmonj.streaming.spdy;

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
import io.conmonj.streaming.wire.RecordingSpdyCodec;
import io.conmonj.streaming.wire.SpdyFrameWriter;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamOwner;
import io.conmonj.streaming.wire.SpdyStreams;
import io.conmonj.streaming.wire.UnsentException;
import io.conmonj.streaming.wire.WantedReads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyProtocolException;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of a SPDY connection behind Netty's codec: its streams, pings, and its end. What
 * clients have no use for (SETTINGS, WINDOW_UPDATE, HEADERS) is ignored. Last handler of its
 * pipeline.
 */
final class SpdyConnection extends ChannelInboundHandlerAdapter
    implements SpdyStreamOwner, Movable {
  /** Streams open at one time: two for each forwarded connection, of which there are thousands. */
  static final int MAX_STREAMS = 16 * 1024;

  private static final Logger log = LoggerFactory.getLogger(SpdyConnection.class);

  private enum State {
    OPEN,
    /** All is said; the client's close is awaited. */
    CLOSING,
    /** Nothing that comes is of interest any more. */
    DONE
  }

  /** Null where the client was told the end before the connection came here. */
  private final ConnectionListener listener;

  /** What another server has left, until it has been read; null for a connection that is new. */
  private StateReader frozen;

  /** Whether what comes has come to another server before. */
  private boolean replaying;

  private final StreamingLimits limits;
  private final Consumer<ChannelFuture> ending;
  private final SpdyStreams streams = new SpdyStreams(this);

  private SpdyFrameWriter frames;
  private ReadGate gate;
  private ChannelHandlerContext ctx;
  private MemoryAccount memory;
  private State state = State.OPEN;
  private int lastStream;
  private boolean clientGoesAway;
  private boolean closedInOrder;

  /** Why the client is being cut off; null as long as it is not. */
  private SpdySessionStatus failure;

  /** Null until all is said. */
  private PeerClose peerClose;

  /**
   * @param listener uses the connection; null where another server has told the client the end
   * @param limits how long to wait for its end
   * @param ending closes what is below, behind the last write
   * @param frozen what another server has written down, behind that by which the listener was made;
   *     null for a connection that is new
   */
  SpdyConnection(
      ConnectionListener listener,
      StreamingLimits limits,
      Consumer<ChannelFuture> ending,
      StateReader frozen) {
    this.frozen = frozen;
    this.listener = listener;
    this.limits = limits;
    this.ending = ending;
  }

  /** The event loop of the connection. */
  EventExecutor executor() {
    return ctx.executor();
  }

  MemoryAccount memory() {
    return memory;
  }

  Reading input() {
    return Reading.of(ctx.channel());
  }

  boolean isWritable() {
    return ctx.channel().isWritable();
  }

  /** Whether a client that has gone has ended its side of the connection, and not broken it off. */
  boolean closedInOrder() {
    return closedInOrder;
  }

  /** Whether input is wanted. What has been read already is still handed over. */
  void setReading(boolean wanted) {
    gate.setWanted(wanted);
  }

  /**
   * Ends the connection in good order, when all streams have been ended: the client's close is
   * awaited, since closing first could cost a slow reader the last bytes; then GOAWAY and close.
   */
  void close() {
    if (state == State.OPEN) {
      state = State.CLOSING;
      gate.open();
      peerClose =
          PeerClose.await(
              ctx.channel(), limits.closeWait(), this::lastWords, () -> end(SpdySessionStatus.OK));
    }
  }

  private ChannelFuture lastWords() {
    return frames.goAway(lastStream, SpdySessionStatus.OK);
  }

  @Override
  public ConnectionForm form() {
    return state == State.DONE ? ConnectionForm.LINGERING : ConnectionForm.SPDY;
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
    out.number(lastStream).flag(clientGoesAway).flag(frames.hasWrittenHeaders());
    ctx.pipeline().get(RecordingSpdyCodec.class).freeze(out);
  }

  /** Where another server has been, in the order in which that has written it down. */
  private void thaw(StateReader in) throws UnreadableStateException {
    if (listener == null) {
      state = State.CLOSING;
      gate.open();
      peerClose =
          PeerClose.thaw(in, ctx.channel(), this::lastWords, () -> end(SpdySessionStatus.OK));
    } else {
      listener.thaw(this, streams, in);
    }
    lastStream = in.number();
    clientGoesAway = in.flag();
    if (in.flag()) {
      frames.goOnWithHeaders();
    }
    byte[] blocks = in.bytes();
    byte[] begun = in.bytes();
    ChannelHandlerContext beforeCodec = ctx.pipeline().context(WantedReads.class);
    replaying = true;
    beforeCodec.fireChannelRead(Unpooled.wrappedBuffer(blocks));
    replaying = false;
    beforeCodec.fireChannelRead(memory.allocator().directBuffer(begun.length).writeBytes(begun));
    if (state == State.OPEN) {
      listener.goOn();
    }
  }

  @Override
  public void letGo() {
    State before = state;
    state = State.DONE;
    streams.clear();
    if (before == State.OPEN) {
      listener.letGo();
    }
  }

  /** Ends the connection now: GOAWAY behind all that was written, and close. */
  void end(SpdySessionStatus status) {
    if (state != State.DONE) {
      done();
      ending.accept(frames.goAway(lastStream, failure == null ? status : failure));
    }
  }

  /** Resets the connection, of which something is lost that the client was to get. */
  void cut(Throwable cause) {
    State before = state;
    state = State.DONE;
    LingeringClose.resetUpon(cause, ctx.channel());
    over();
    if (before == State.OPEN) {
      listener.lost(cause);
    }
  }

  /** Cuts the client off, which is told why where it can read it. */
  void fail(String reason, SpdySessionStatus status) {
    if (state == State.OPEN) {
      failure = status;
      listener.failing(reason);
    }
    end(status);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    memory = MemoryAccount.of(ctx.channel().alloc());
    frames = new SpdyFrameWriter(ctx);
    gate = new ReadGate(ctx.channel());
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
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state == State.DONE || replaying) {
      ReferenceCountUtil.release(message);
      return;
    }
    switch (message) {
      case SpdyDataFrame data -> data(data);
      case SpdySynStreamFrame syn -> open(syn);
      case SpdyRstStreamFrame reset -> streams.received(reset);
      case SpdyPingFrame ping -> {
        if (isOfClient(ping.id())) {
          frames.ping(ping.id());
          gate.replied();
        }
      }
      case SpdyGoAwayFrame _ -> goingAway();
      default -> ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    gate.writabilityChanged();
    if (state == State.OPEN) {
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
      case SpdyProtocolException e -> {
        log.debug("end SPDY connection: {}", e.getMessage());
        failOrCut("the client broke the SPDY protocol", SpdySessionStatus.PROTOCOL_ERROR);
      }
      case IOException e -> {
        log.debug("SPDY connection cut off: {}", e.toString());
        done();
        var _ = ctx.close();
      }
      case UnsentException e -> cut(e.getCause());
      case Error e -> cut(e);
      default -> {
        log.error("end SPDY connection after an unexpected failure", cause);
        failOrCut("an unexpected failure of the server", SpdySessionStatus.INTERNAL_ERROR);
      }
    }
  }

  private void failOrCut(String reason, SpdySessionStatus status) {
    try {
      fail(reason, status);
    } catch (RuntimeException | Error again) {
      cut(again);
    }
  }

  @Override
  public void sendReply(int stream) {
    if (state != State.DONE) {
      frames.reply(stream);
      gate.replied();
    }
  }

  @Override
  public void sendData(int stream, ByteBuf bytes) {
    if (state == State.OPEN) {
      frames.data(stream, bytes);
    } else {
      bytes.release();
    }
  }

  @Override
  public void sendEnd(int stream) {
    if (state == State.OPEN) {
      frames.end(stream);
    }
  }

  @Override
  public void sendReset(int stream, SpdyStreamStatus status) {
    if (state != State.DONE) {
      frames.reset(stream, status);
      gate.replied();
    }
  }

  private void open(SpdySynStreamFrame syn) {
    int id = syn.streamId();
    if (id <= lastStream || !isOfClient(id)) {
      // The answer resets the stream that has this number, if there is one: nothing may follow.
      streams.silence(id);
      sendReset(id, SpdyStreamStatus.PROTOCOL_ERROR);
      return;
    }
    lastStream = id;
    if (syn.isInvalid() || syn.isTruncated()) {
      sendReset(id, SpdyStreamStatus.PROTOCOL_ERROR);
    } else if (state != State.OPEN || clientGoesAway || streams.size() >= MAX_STREAMS) {
      sendReset(id, SpdyStreamStatus.REFUSED_STREAM);
    } else {
      SpdyStream stream = streams.openedByPeer(id);
      listener.streamOpened(stream, syn.headers());
      if (syn.isLast() && state == State.OPEN) {
        stream.receivedEnd();
      }
    }
  }

  private void data(SpdyDataFrame data) {
    if (state == State.OPEN) {
      streams.received(data);
    } else {
      data.release();
    }
  }

  private void goingAway() {
    clientGoesAway = true;
    if (state == State.CLOSING) {
      end(SpdySessionStatus.OK);
    }
  }

  private void done() {
    State before = state;
    state = State.DONE;
    over();
    if (before == State.OPEN) {
      listener.disconnected();
    }
  }

  private void over() {
    streams.clear();
    gate.open();
    if (peerClose != null) {
      peerClose.cancel();
    }
  }

  private static boolean isOfClient(int id) {
    return (id & 1) == 1;
  }
}
