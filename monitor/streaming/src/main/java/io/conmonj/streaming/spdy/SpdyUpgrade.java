package io.conmonj.streaming.spdy;

import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.socket.LingeringClose;
import io.conmonj.streaming.upgrade.Negotiation;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.wire.PortForwardProtocol;
import io.conmonj.streaming.wire.RemoteCommandVersion;
import io.conmonj.streaming.wire.SpdyCodec;
import io.conmonj.streaming.wire.UpgradeHeaders;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers requests for SPDY. An accepted one gets the handlers that then take the connection over.
 * Everything else in this package is behind it.
 */
public final class SpdyUpgrade {
  private final SessionFactory sessions;
  private final StreamingLimits limits;

  /**
   * @param sessions makes what is asked for
   * @param limits how long a client may take for what
   */
  public SpdyUpgrade(SessionFactory sessions, StreamingLimits limits) {
    this.sessions = sessions;
    this.limits = limits;
  }

  /** Answers a request for an exec or attach session that is not for a WebSocket. */
  public UpgradeAnswer answer(HttpRequest request, RemoteCommandRequest session) {
    if (!hasRoom()) {
      return noRoom();
    }
    return SpdyHandshake.answer(
        request,
        RemoteCommandVersion.OVER_SPDY,
        RemoteCommandVersion::protocol,
        version -> remoteCommand(version, session));
  }

  private ChannelHandler remoteCommand(RemoteCommandVersion version, RemoteCommandRequest session) {
    return handler(
        new SpdyRemoteCommand(version, session, sessions, limits.streamCreation()),
        maxChunk(session.kind()),
        this::closeTcp,
        sessions::pinged,
        null);
  }

  /** Answers a request to forward ports that is not for a WebSocket. */
  public UpgradeAnswer answer(HttpRequest request, PortForwardRequest session) {
    if (!hasRoom()) {
      return noRoom();
    }
    return SpdyHandshake.answer(
        request,
        List.of(PortForwardProtocol.NAME),
        Function.identity(),
        protocol -> pairs(session, protocol));
  }

  private ChannelHandler pairs(PortForwardRequest session, String protocol) {
    return handler(
        portForward(session, title(protocol)),
        SpdyInitializer.MAX_CHUNK,
        this::closeTcp,
        sessions::pinged,
        null);
  }

  /**
   * Makes the handler of a session without a request.
   *
   * @param title its protocol, as it is told to people
   * @return empty where that is none of SPDY's
   */
  public Optional<ChannelHandler> session(StreamingRequest asked, String title) {
    return switch (asked) {
      case RemoteCommandRequest session ->
          Negotiation.choose(
                  List.of(title), RemoteCommandVersion.OVER_SPDY, each -> title(each.protocol()))
              .map(version -> remoteCommand(version, session));
      case PortForwardRequest session ->
          title.equals(title(PortForwardProtocol.NAME))
              ? Optional.of(pairs(session, PortForwardProtocol.NAME))
              : Optional.empty();
    };
  }

  /**
   * The handler that forwards ports with SPDY whose bytes another protocol carries: it takes them
   * from the handler before it and writes them to that.
   *
   * @param protocol the other protocol's name for both
   * @param ending closes the other protocol, behind the last write
   */
  public ChannelHandler tunnelled(
      PortForwardRequest session, String protocol, Consumer<ChannelFuture> ending) {
    return handler(
        portForward(session, protocol),
        SpdyInitializer.MAX_CHUNK,
        ending,
        SpdyUpgrade::wrapped,
        null);
  }

  /**
   * Makes the handler of a connection that another server has had.
   *
   * @param in what its own handler has written down; read further when the new one is added
   * @throws UnreadableStateException if it was written by nobody that is known
   */
  public ChannelHandler thaw(StateReader in) throws UnreadableStateException {
    return thaw(in, this::closeTcp, sessions::pinged);
  }

  /**
   * The same where another protocol carries the bytes; see {@link #tunnelled}.
   *
   * @param ending closes the other protocol, behind the last write
   */
  public ChannelHandler thaw(StateReader in, Consumer<ChannelFuture> ending)
      throws UnreadableStateException {
    return thaw(in, ending, SpdyUpgrade::wrapped);
  }

  private ChannelHandler thaw(StateReader in, Consumer<ChannelFuture> ending, Runnable pinged)
      throws UnreadableStateException {
    boolean closing = in.flag();
    if (closing) {
      return handler(null, SpdyInitializer.MAX_CHUNK, ending, pinged, in);
    }
    SessionKind kind = in.word(SessionKind.class);
    ConnectionListener listener =
        kind == SessionKind.PORT_FORWARD
            ? new SpdyPortForward(in, sessions, limits.streamCreation())
            : new SpdyRemoteCommand(
                in.word(RemoteCommandVersion.class), kind, in, sessions, limits.streamCreation());
    return handler(listener, maxChunk(kind), ending, pinged, in);
  }

  private static int maxChunk(SessionKind kind) {
    return kind == SessionKind.ATTACH ? SpdyInitializer.MAX_TYPED : SpdyInitializer.MAX_CHUNK;
  }

  private void closeTcp(ChannelFuture last) {
    LingeringClose.after(last, limits.errorLinger());
  }

  /** A ping inside of another protocol's message: who keeps the socket cannot answer that. */
  private static void wrapped() {}

  private ChannelHandler handler(
      ConnectionListener listener,
      int maxChunk,
      Consumer<ChannelFuture> ending,
      Runnable pinged,
      StateReader frozen) {
    return new SpdyInitializer(
        listener, maxChunk, sessions.compression(), limits, ending, pinged, frozen);
  }

  /** Whether there is memory for one more connection's header compression. */
  public boolean hasRoom() {
    return sessions.compression().room() >= SpdyCodec.COMPRESSION_BYTES;
  }

  /** The answer when there is none. */
  public UpgradeAnswer noRoom() {
    return new UpgradeAnswer.Refused(
        HttpResponseStatus.SERVICE_UNAVAILABLE,
        new DefaultHttpHeaders(),
        "too many sessions over SPDY: no memory for the compression of one more\n");
  }

  private SpdyPortForward portForward(PortForwardRequest session, String protocol) {
    return new SpdyPortForward(session, protocol, sessions, limits.streamCreation());
  }

  /** How a protocol inside SPDY is told to people. */
  static String title(String protocol) {
    return UpgradeHeaders.SPDY_3_1 + " " + protocol;
  }
}
