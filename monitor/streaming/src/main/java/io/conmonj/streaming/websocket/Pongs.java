package io.conmonj.streaming.websocket;

import io.conmonj.streaming.wire.Opcode;
import io.netty.channel.ChannelHandlerContext;

/**
 * Answers pings, of which Kubernetes clients send one every five seconds: they give a connection up
 * when no pong has come for a minute.
 *
 * <p>Two things could stop the pongs. A client that does not read: then only the latest ping is
 * kept and answered later (RFC 6455, 5.5.3), so that pings cannot fill the memory. And input that
 * is held back because its process does not take it: a ping behind that input cannot be seen
 * without reading it all, so meanwhile pongs are sent without being asked (a heartbeat in one
 * direction, 5.5.3), also to a client whose first ping may lie there: to client-go any pong will
 * do. That costs no memory, where reading on would cost whatever the client sends.
 */
final class Pongs {
  /** The payload of the latest ping; empty before the first. */
  private byte[] latest = {};

  private boolean postponed;

  void answer(ChannelHandlerContext ctx, byte[] payload) {
    latest = payload;
    send(ctx);
  }

  /** To be called when the channel has become writable. */
  void sendPostponed(ChannelHandlerContext ctx) {
    if (postponed) {
      send(ctx);
    }
  }

  /**
   * To be called now and then while nothing is read, within the minute that client-go waits, so
   * that even a late one comes in time.
   */
  void sendUnasked(ChannelHandlerContext ctx) {
    send(ctx);
  }

  private void send(ChannelHandlerContext ctx) {
    postponed = !ctx.channel().isWritable();
    if (!postponed) {
      var _ = FrameEncoder.writeControl(ctx, Opcode.PONG, latest);
      ctx.flush();
    }
  }
}
