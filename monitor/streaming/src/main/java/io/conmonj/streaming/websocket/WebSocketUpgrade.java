package io.conmonj.streaming.websocket;

import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.spdy.SpdyUpgrade;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.wire.StreamType;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.EventExecutor;

/**
 * The way into this package: answers requests for a WebSocket, and goes on with the accepted ones.
 */
public final class WebSocketUpgrade {
  private final StreamingBackend backend;
  private final SpdyUpgrade spdy;
  private final StreamingLimits limits;
  private final LiveSessions sessions;

  /**
   * @param backend works for the sessions
   * @param spdy goes on inside a WebSocket that carries SPDY
   * @param limits bounds the sessions
   * @param sessions lists them
   */
  public WebSocketUpgrade(
      StreamingBackend backend, SpdyUpgrade spdy, StreamingLimits limits, LiveSessions sessions) {
    this.backend = backend;
    this.spdy = spdy;
    this.limits = limits;
    this.sessions = sessions;
  }

  /** Whether a request's headers ask for a WebSocket. */
  public static boolean isAskedForBy(HttpRequest request) {
    return HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
            request.headers().get(HttpHeaderNames.UPGRADE, ""))
        && request
            .headers()
            .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
  }

  /**
   * Answers such a request for an exec or attach session.
   *
   * @param executor the event loop of its connection
   */
  public UpgradeAnswer answer(
      HttpRequest request, RemoteCommandRequest session, EventExecutor executor) {
    return Handshake.answer(
        request,
        Subprotocol.REMOTE_COMMAND,
        subprotocol ->
            new WebSocketConnection(
                new ChannelMessages(
                    subprotocol,
                    StreamType.CHANNELS,
                    new WebSocketRemoteCommand(
                        subprotocol.status(),
                        session,
                        backend,
                        executor,
                        limits,
                        sessions.entry(session, subprotocol.title()))),
                limits));
  }

  /**
   * Answers such a request to forward ports.
   *
   * @param executor the event loop of its connection
   */
  public UpgradeAnswer answer(
      HttpRequest request, PortForwardRequest session, EventExecutor executor) {
    return Handshake.answer(
        request,
        Subprotocol.PORT_FORWARD,
        subprotocol ->
            subprotocol.equals(Subprotocol.SPDY_TUNNEL)
                ? tunnel(session, executor)
                : new WebSocketConnection(
                    new ChannelMessages(
                        subprotocol,
                        2 * session.ports().size(),
                        new WebSocketPortForward(
                            session,
                            backend,
                            executor,
                            limits,
                            sessions.entry(session, subprotocol.title()))),
                    limits));
  }

  private ChannelHandler tunnel(PortForwardRequest session, EventExecutor executor) {
    Tunnel tunnel = new Tunnel();
    ChannelHandler inside =
        spdy.tunnelled(session, executor, Subprotocol.SPDY_TUNNEL.title(), last -> tunnel.close());
    WebSocketConnection outside = new WebSocketConnection(tunnel, limits);
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(outside, tunnel, inside);
      }
    };
  }
}
