package io.conmonj.streaming.spdy;

import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.wire.PortForwardProtocol;
import io.conmonj.streaming.wire.RemoteCommandVersion;
import io.conmonj.streaming.wire.UpgradeHeaders;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The way into this package: answers requests for SPDY, and goes on with the accepted ones. */
public final class SpdyUpgrade {
  private final StreamingBackend backend;
  private final StreamingLimits limits;
  private final LiveSessions sessions;

  /**
   * @param backend works for the sessions
   * @param limits bounds the sessions
   * @param sessions lists them
   */
  public SpdyUpgrade(StreamingBackend backend, StreamingLimits limits, LiveSessions sessions) {
    this.backend = backend;
    this.limits = limits;
    this.sessions = sessions;
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
        RemoteCommandVersion.OVER_SPDY,
        RemoteCommandVersion::protocol,
        version ->
            new SpdyInitializer(
                new SpdyRemoteCommand(
                    version,
                    session,
                    backend,
                    executor,
                    limits,
                    sessions.entry(session, UpgradeHeaders.SPDY_3_1 + " " + version.protocol())),
                limits));
  }

  /**
   * Answers a request to forward ports that is not for a WebSocket.
   *
   * @param executor the event loop of its connection
   */
  public UpgradeAnswer answer(
      HttpRequest request, PortForwardRequest session, EventExecutor executor) {
    return SpdyHandshake.answer(
        request,
        List.of(PortForwardProtocol.NAME),
        Function.identity(),
        protocol ->
            new SpdyInitializer(
                portForward(session, executor, UpgradeHeaders.SPDY_3_1 + " " + protocol), limits));
  }

  /**
   * The handler that forwards ports with SPDY whose bytes another protocol carries: it takes them
   * from the handler before it and writes them to that.
   *
   * @param executor the event loop of its connection
   * @param protocol the other protocol's name for both
   * @param ending closes the other protocol, behind the last write
   */
  public ChannelHandler tunnelled(
      PortForwardRequest session,
      EventExecutor executor,
      String protocol,
      Consumer<ChannelFuture> ending) {
    return new SpdyInitializer(portForward(session, executor, protocol), limits, ending);
  }

  private SpdyPortForward portForward(
      PortForwardRequest session, EventExecutor executor, String protocol) {
    return new SpdyPortForward(
        session, backend, executor, limits, sessions.entry(session, protocol));
  }
}
