package io.conmonj.monitor.streaming.spdy;

import io.conmonj.monitor.streaming.RemoteCommandRequest;
import io.conmonj.monitor.streaming.StreamingBackend;
import io.conmonj.monitor.streaming.StreamingLimits;
import io.conmonj.monitor.streaming.connection.UpgradeAnswer;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.EventExecutor;

/** The way into this package: answers requests for SPDY, and goes on with the accepted ones. */
public final class SpdyUpgrade {
  private final StreamingBackend backend;
  private final StreamingLimits limits;

  /**
   * @param backend works for the sessions
   * @param limits bounds the sessions
   */
  public SpdyUpgrade(StreamingBackend backend, StreamingLimits limits) {
    this.backend = backend;
    this.limits = limits;
  }

  /**
   * Answers a request for an exec or attach session that is not for a WebSocket.
   *
   * @param executor the event loop of its connection
   */
  public UpgradeAnswer answer(
      HttpRequest request, RemoteCommandRequest session, EventExecutor executor) {
    return SpdyHandshake.answer(
        request,
        RemoteCommandVersion.ALL,
        RemoteCommandVersion::protocol,
        version ->
            new SpdyInitializer(
                new SpdyRemoteCommand(version, session, backend, executor, limits), limits));
  }
}
