package io.conmonj.client.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An open WebSocket. Safe for use by any thread. */
public final class WebSocketConnection {
  /** The code for an orderly end (RFC 6455 §7.4.1). */
  public static final int NORMAL_CLOSURE = 1000;

  /** How long a peer that does not read may hold up the close, in seconds. */
  private static final long CLOSE_SECONDS = 5;

  private final Channel channel;
  private final String subprotocol;

  WebSocketConnection(Channel channel, String subprotocol) {
    this.channel = channel;
    this.subprotocol = subprotocol;
  }

  /**
   * Returns the subprotocol that the server chose.
   *
   * @return one of those offered, never null
   */
  public String subprotocol() {
    return subprotocol;
  }

  /**
   * Returns the loop on which the listener is called.
   *
   * @return the loop, never null
   */
  public EventLoop loop() {
    return channel.eventLoop();
  }

  /** Asks for the next bytes to be read; the listener gets what they bring. */
  public void read() {
    channel.read();
  }

  /**
   * Tells whether more can be sent without queueing beyond the connection's bound.
   *
   * @return false while the peer is behind
   */
  public boolean isWritable() {
    return channel.isWritable();
  }

  /**
   * Sends one binary message in one frame.
   *
   * @param payload the message; ownership passes
   */
  public void send(ByteBuf payload) {
    ChannelFuture _ =
        channel.writeAndFlush(new BinaryWebSocketFrame(payload), channel.voidPromise());
  }

  /** Sends a ping without payload. */
  public void ping() {
    ChannelFuture _ =
        channel.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), channel.voidPromise());
  }

  /**
   * Sends a close frame, then closes the connection; in a few seconds also if it cannot be sent.
   *
   * @param code the close code
   * @param reason at most 123 bytes of UTF-8
   */
  public void close(int code, String reason) {
    ChannelFuture _ =
        channel
            .writeAndFlush(new CloseWebSocketFrame(code, reason))
            .addListener(ChannelFutureListener.CLOSE);
    Future<?> timer = channel.eventLoop().schedule(this::cut, CLOSE_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(_ -> timer.cancel(false));
  }

  /** Ends the connection at once, without a close frame. */
  public void cut() {
    ChannelFuture _ = channel.close();
  }
}
