package io.conmonj.monitor.streaming.websocket;

import io.conmonj.monitor.streaming.RemoteCommandRequest;
import io.conmonj.monitor.streaming.StreamingBackend;
import io.conmonj.monitor.streaming.StreamingLimits;
import io.conmonj.monitor.streaming.connection.UpgradeAnswer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.EventExecutor;

/**
 * The way into this package: answers requests for a WebSocket, and goes on with the accepted ones.
 */
public final class WebSocketUpgrade {
  private final StreamingBackend backend;
  private final StreamingLimits limits;

  /**
   * @param backend works for the sessions
   * @param limits bounds the sessions
   */
  public WebSocketUpgrade(StreamingBackend backend, StreamingLimits limits) {
    this.backend = backend;
    this.limits = limits;
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
                    Channels.COUNT,
                    new WebSocketRemoteCommand(
                        subprotocol.status(), session, backend, executor, limits)),
                limits));
  }
}
