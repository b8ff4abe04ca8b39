package io.conmonj.client.websocket;

import io.conmonj.client.connection.OrderlyClose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;

/** An open WebSocket. Safe for use by any thread. */
public final class WebSocketClientConnection {
  /**
   * The handler of frames, from which all is sent. Sent from the pipeline's end it would go through
   * the handlers of what the WebSocket carries, where there are any.
   */
  private final ChannelHandlerContext frames;

  private final String subprotocol;

  WebSocketClientConnection(ChannelHandlerContext frames, String subprotocol) {
    this.frames = frames;
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
    return frames.channel().eventLoop();
  }

  /**
   * Returns the connection's handlers. Others may be put behind them, and may write {@link
   * io.netty.handler.codec.http.websocketx.WebSocketFrame}s; what is received reaches the listener
   * only, and not them.
   *
   * @return the pipeline, never null
   */
  public ChannelPipeline pipeline() {
    return frames.pipeline();
  }

  /** Asks for the next bytes to be read; the listener gets what they bring. */
  public void read() {
    frames.read();
  }

  /**
   * Tells whether more can be sent without queueing beyond the connection's bound.
   *
   * @return false while the peer is behind
   */
  public boolean isWritable() {
    return frames.channel().isWritable();
  }

  /**
   * Sends one binary message in one frame.
   *
   * @param payload the message; ownership passes
   */
  public void send(ByteBuf payload) {
    ChannelFuture _ = frames.writeAndFlush(new BinaryWebSocketFrame(payload), frames.voidPromise());
  }

  /** Sends a ping without payload. */
  public void ping() {
    ChannelFuture _ =
        frames.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), frames.voidPromise());
  }

  /**
   * Sends a close frame, then closes the connection; in a few seconds also if it cannot be sent.
   *
   * @param code the close code
   * @param reason at most 123 bytes of UTF-8
   */
  public void close(int code, String reason) {
    OrderlyClose.after(frames, frames.writeAndFlush(new CloseWebSocketFrame(code, reason)));
  }

  /** Ends the connection at once, without a close frame. */
  public void cut() {
    ChannelFuture _ = frames.close();
  }
}
