package io.conmonj.client.spdy;

import io.conmonj.streaming.wire.SpdyFrameWriter;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
import io.conmonj.streaming.wire.SpdyStreamOwner;
import io.conmonj.streaming.wire.SpdyStreams;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;

/**
 * Gives each frame of the server to its stream. What this client has no use for (SETTINGS,
 * WINDOW_UPDATE, HEADERS) is ignored. Stands behind Netty's codec, last in the pipeline.
 */
final class SpdyHandler extends ChannelInboundHandlerAdapter implements SpdyStreamOwner {
  private final SpdyListener listener;
  private final SpdyStreams streams = new SpdyStreams(this);
  private SpdyFrameWriter frames;
  private Carrier carrier;
  private ChannelHandlerContext ctx;
  private int nextStream = 1;
  private int nextPing = 1;
  private boolean serverGoesAway;
  private boolean ended;

  SpdyHandler(SpdyListener listener) {
    this.listener = listener;
  }

  /** To be called before anything is read. */
  void setCarrier(Carrier carrier) {
    this.carrier = carrier;
  }

  SpdyFrameWriter frames() {
    return frames;
  }

  Carrier carrier() {
    return carrier;
  }

  ChannelHandlerContext context() {
    return ctx;
  }

  SpdyStream open(Map<String, String> headers, SpdyStreamListener streamListener) {
    SpdyStream stream = streams.open(nextStream, streamListener);
    if (nextStream < 0 || ended) {
      // All numbers are used up (SPDY/3.1, section 2.3.2), or it is too late.
      ctx.executor().execute(stream::receivedReset);
      return stream;
    }
    frames.open(nextStream, headers);
    nextStream += 2;
    return stream;
  }

  void ping() {
    frames.ping(nextPing);
    nextPing = nextPing + 2 < 0 ? 1 : nextPing + 2;
  }

  /** Never asked for: the server opens no streams. */
  @Override
  public void sendReply(int stream) {
    throw new IllegalStateException("stream " + stream + " was not opened by the server");
  }

  @Override
  public void sendData(int stream, ByteBuf bytes) {
    frames.data(stream, bytes);
  }

  @Override
  public void sendEnd(int stream) {
    frames.end(stream);
  }

  @Override
  public void sendReset(int stream, SpdyStreamStatus status) {
    frames.reset(stream, status);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
    frames = new SpdyFrameWriter(added);
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (ended) {
      ReferenceCountUtil.release(message);
      return;
    }
    switch (message) {
      case SpdyDataFrame data -> streams.received(data);
      case SpdySynReplyFrame reply -> streams.received(reply);
      case SpdyRstStreamFrame reset -> streams.received(reset);
      case SpdySynStreamFrame pushed ->
          frames.reset(pushed.streamId(), SpdyStreamStatus.REFUSED_STREAM);
      case SpdyPingFrame ping -> answer(ping.id());
      case SpdyGoAwayFrame _ -> serverGoesAway = true;
      default -> ReferenceCountUtil.release(message);
    }
  }

  /** The server's pings have even numbers; odd ones are answers to ours. */
  private void answer(int ping) {
    if ((ping & 1) == 0 && ctx.channel().isWritable()) {
      frames.ping(ping);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    if (!ended) {
      listener.readComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    if (!ended && from.channel().isWritable()) {
      listener.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    end(
        serverGoesAway
            ? "the server ended the connection"
            : "the connection ended without the server's goodbye");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    end(String.valueOf(cause.getMessage()));
    carrier.cut();
  }

  void end(String how) {
    if (!ended) {
      ended = true;
      streams.clear();
      listener.ended(how);
    }
  }
}
