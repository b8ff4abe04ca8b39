package io.conmonj.streaming.websocket;

import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.spdy.SpdyUpgrade;
import io.conmonj.streaming.upgrade.HeaderLists;
import io.conmonj.streaming.upgrade.Negotiation;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.wire.StreamType;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/**
 * Answers requests for a WebSocket. An accepted one gets the handlers that then take the connection
 * over. Everything else in this package is behind it.
 */
public final class WebSocketUpgrade {
  private final SessionFactory sessions;
  private final SpdyUpgrade spdy;
  private final StreamingLimits limits;

  /**
   * @param sessions makes what is asked for
   * @param spdy speaks SPDY inside a WebSocket that carries it
   * @param limits how long a client may take for what
   */
  public WebSocketUpgrade(SessionFactory sessions, SpdyUpgrade spdy, StreamingLimits limits) {
    this.sessions = sessions;
    this.spdy = spdy;
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

  /** Answers such a request for an exec or attach session. */
  public UpgradeAnswer answer(HttpRequest request, RemoteCommandRequest session) {
    return Handshake.answer(
        request, Subprotocol.REMOTE_COMMAND, subprotocol -> remoteCommand(subprotocol, session));
  }

  /** Answers such a request to forward ports. */
  public UpgradeAnswer answer(HttpRequest request, PortForwardRequest session) {
    if (offersTunnel(request) && !spdy.hasRoom()) {
      return spdy.noRoom();
    }
    return Handshake.answer(
        request, Subprotocol.PORT_FORWARD, subprotocol -> portForward(subprotocol, session));
  }

  private ChannelHandler portForward(Subprotocol subprotocol, PortForwardRequest session) {
    return subprotocol.equals(Subprotocol.SPDY_TUNNEL)
        ? tunnel(session)
        : connection(
            ChannelMessages.inPieces(
                subprotocol,
                2 * session.ports().size(),
                new WebSocketPortForward(subprotocol, session, sessions)));
  }

  /**
   * Makes the handler of a session without a request.
   *
   * @param title its subprotocol, as it is told to people
   * @return empty where that is none of those
   */
  public Optional<ChannelHandler> session(StreamingRequest asked, String title) {
    return switch (asked) {
      case RemoteCommandRequest session ->
          titled(title, Subprotocol.REMOTE_COMMAND).map(each -> remoteCommand(each, session));
      case PortForwardRequest session ->
          titled(title, Subprotocol.PORT_FORWARD).map(each -> portForward(each, session));
    };
  }

  private static Optional<Subprotocol> titled(String title, List<Subprotocol> known) {
    return Negotiation.choose(List.of(title), known, Subprotocol::title);
  }

  /**
   * Makes the handler of a connection that another server has had.
   *
   * @param in what its own handler has written down; read further when the new one is added
   * @throws UnreadableStateException if it was written by nobody that is known
   */
  public ChannelHandler thaw(StateReader in) throws UnreadableStateException {
    boolean closing = in.flag();
    if (closing) {
      return new WebSocketConnection(null, limits, in);
    }
    String name = in.text();
    if (name.equals(Subprotocol.SPDY_TUNNEL.name())) {
      Tunnel tunnel = new Tunnel();
      ChannelHandler inside = spdy.thaw(in.part(), last -> tunnel.close());
      return tunnel(tunnel, new WebSocketConnection(tunnel, limits, in), inside);
    }
    SessionKind kind = in.word(SessionKind.class);
    if (kind == SessionKind.PORT_FORWARD) {
      WebSocketPortForward ports = new WebSocketPortForward(in, sessions);
      return new WebSocketConnection(
          ChannelMessages.inPieces(
              subprotocol(name, Subprotocol.PORT_FORWARD), ports.channels(), ports),
          limits,
          in);
    }
    Subprotocol subprotocol = subprotocol(name, Subprotocol.REMOTE_COMMAND);
    ChannelListener streams = new WebSocketRemoteCommand(subprotocol, kind, in, sessions);
    return new WebSocketConnection(remoteCommand(subprotocol, kind, streams), limits, in);
  }

  private static Subprotocol subprotocol(String name, List<Subprotocol> known)
      throws UnreadableStateException {
    for (Subprotocol each : known) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new UnreadableStateException("no subprotocol is named '" + name + "'");
  }

  /** Others may type into what a client attaches to, but nobody else into its own command. */
  private ChannelHandler remoteCommand(Subprotocol subprotocol, RemoteCommandRequest session) {
    ChannelListener streams = new WebSocketRemoteCommand(subprotocol, session, sessions);
    return connection(remoteCommand(subprotocol, session.kind(), streams));
  }

  private static ChannelMessages remoteCommand(
      Subprotocol subprotocol, SessionKind kind, ChannelListener streams) {
    return kind == SessionKind.ATTACH
        ? ChannelMessages.whole(subprotocol, StreamType.CHANNELS, streams)
        : ChannelMessages.inPieces(subprotocol, StreamType.CHANNELS, streams);
  }

  private static boolean offersTunnel(HttpRequest request) {
    return HeaderLists.values(request.headers(), HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)
        .contains(Subprotocol.SPDY_TUNNEL.name());
  }

  private ChannelHandler connection(ChannelMessages messages) {
    return new WebSocketConnection(messages, limits);
  }

  private ChannelHandler tunnel(PortForwardRequest session) {
    Tunnel tunnel = new Tunnel();
    ChannelHandler inside =
        spdy.tunnelled(session, Subprotocol.SPDY_TUNNEL.title(), last -> tunnel.close());
    return tunnel(tunnel, new WebSocketConnection(tunnel, limits), inside);
  }

  private static ChannelHandler tunnel(
      Tunnel tunnel, WebSocketConnection outside, ChannelHandler inside) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(outside, tunnel, inside);
      }
    };
  }
}
