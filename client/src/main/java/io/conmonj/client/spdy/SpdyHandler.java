package io.conmonj.client.spdy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import java.util.Map;

/**
 * Gives each frame of the server to its stream. What this client has no use for (SETTINGS,
 * WINDOW_UPDATE, HEADERS) is ignored. Stands behind Netty's codec, last in the pipeline.
 */
final class SpdyHandler extends ChannelInboundHandlerAdapter {
  private final SpdyListener listener;
  private final IntObjectHashMap<SpdyStream> streams = new IntObjectHashMap<>();
  private FrameWriter frames;
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

  FrameWriter frames() {
    return frames;
  }

  Carrier carrier() {
    return carrier;
  }

  ChannelHandlerContext context() {
    return ctx;
  }

  SpdyStream open(Map<String, String> headers, StreamListener streamListener) {
    SpdyStream stream = new SpdyStream(this, nextStream, streamListener);
    if (nextStream < 0 || ended) {
      // All numbers are used up (SPDY/3.1, section 2.3.2), or it is too late.
      ctx.executor().execute(stream::receivedReset);
      return stream;
    }
    streams.put(nextStream, stream);
    frames.open(nextStream, headers);
    nextStream += 2;
    return stream;
  }

  void forget(int stream) {
    streams.remove(stream);
  }

  void ping() {
    frames.ping(nextPing);
    nextPing = nextPing + 2 < 0 ? 1 : nextPing + 2;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
    frames = new FrameWriter(added.pipeline().context(SpdyFrameCodec.class), added);
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (ended) {
      ReferenceCountUtil.release(message);
      return;
    }
    switch (message) {
      case SpdyDataFrame data -> {
        SpdyStream stream = streams.get(data.streamId());
        if (stream == null) {
          data.release();
        } else {
          stream.received(data.content(), data.isLast());
        }
      }
      case SpdySynReplyFrame reply -> {
        SpdyStream stream = streams.get(reply.streamId());
        if (stream != null) {
          stream.receivedReply();
          if (reply.isLast()) {
            stream.receivedEnd();
          }
        }
      }
      case SpdyRstStreamFrame reset -> {
        SpdyStream stream = streams.get(reset.streamId());
        if (stream != null) {
          stream.receivedReset();
        }
      }
      case SpdySynStreamFrame pushed ->
          frames.reset(pushed.streamId(), StreamStatus.REFUSED_STREAM);
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
