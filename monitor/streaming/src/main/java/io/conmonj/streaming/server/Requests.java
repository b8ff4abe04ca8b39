package io.conmonj.streaming.server;

import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.SessionRefusal;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.frozen.ConnectionForm;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.spdy.SpdyUpgrade;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.upgrade.UpgradeAnswer.Refused;
import io.conmonj.streaming.websocket.WebSocketUpgrade;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Answers requests, with the checks of the kubelet's streaming library in its order: path, method,
 * token, and then what the protocol that is asked for has to say. A token is gone with the first
 * request that names it, whatever comes of that request.
 */
final class Requests {
  private static final Logger log = LoggerFactory.getLogger(Requests.class);

  private final String pathPrefix;
  private final Tokens tokens;
  private final WebSocketUpgrade webSocket;
  private final SpdyUpgrade spdy;
  private final SessionFactory sessions;

  /** How many were refused for that; nothing for none. */
  private final Map<SessionRefusal, Long> refusals = new EnumMap<>(SessionRefusal.class);

  /**
   * @param config says what URLs look like, and how long a client may take for what
   * @param tokens of the URLs
   * @param sessions makes what a request asks for
   */
  Requests(StreamingConfig config, Tokens tokens, SessionFactory sessions) {
    this.pathPrefix = config.pathPrefix();
    this.tokens = tokens;
    this.sessions = sessions;
    this.spdy = new SpdyUpgrade(sessions, config.limits());
    this.webSocket = new WebSocketUpgrade(sessions, spdy, config.limits());
  }

  /** Counts a client for whom there is no session. */
  void countRefusal(SessionRefusal why) {
    refusals.put(why, refused(why) + 1);
  }

  /** Writes down how many were refused. */
  void freeze(StateWriter out) {
    out.number(refusals.size());
    refusals.forEach((why, count) -> out.word(why).bigNumber(count));
  }

  /** Goes on counting behind those that another server has refused. */
  void thaw(StateReader in) throws UnreadableStateException {
    int count = in.number();
    for (int i = 0; i < count; i++) {
      refusals.put(in.word(SessionRefusal.class), in.bigNumber());
    }
  }

  /** How many were refused so. */
  long refused(SessionRefusal why) {
    return refusals.getOrDefault(why, 0L);
  }

  /**
   * Answers a well-formed request.
   *
   * @param peer who sent it, for the log; null where nobody knows
   */
  UpgradeAnswer answer(HttpRequest request, SocketAddress peer) {
    Optional<Route> route = Route.of(request.uri(), pathPrefix);
    if (route.isEmpty()) {
      countRefusal(SessionRefusal.NOT_FOUND);
      return refused(HttpResponseStatus.NOT_FOUND, "404: Page Not Found");
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.POST)) {
      countRefusal(SessionRefusal.NOT_FOUND);
      HttpHeaders allow =
          new DefaultHttpHeaders()
              .set(HttpHeaderNames.ALLOW, HttpMethod.GET + ", " + HttpMethod.POST);
      return new Refused(HttpResponseStatus.METHOD_NOT_ALLOWED, allow, "405: Method Not Allowed");
    }
    Optional<StreamingRequest> redeemed = tokens.redeem(route.get().kind(), route.get().token());
    if (redeemed.isEmpty()) {
      countRefusal(SessionRefusal.TOKEN);
      log.info(
          "{} session refused: the token was used, is too old, or was never given out; from {}",
          route.get().kind().path(),
          peer);
      return refused(HttpResponseStatus.NOT_FOUND, "404 page not found\n");
    }
    if (hasBody(request) || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      countRefusal(SessionRefusal.BAD_REQUEST);
      return refused(HttpResponseStatus.BAD_REQUEST, "an upgrade is HTTP/1.1 without a body\n");
    }
    Optional<String> refusal = sessions.refusal(redeemed.get().kind());
    if (refusal.isPresent()) {
      countRefusal(SessionRefusal.TOO_MANY);
      log.info("{} session refused: {}; from {}", route.get().kind().path(), refusal.get(), peer);
      return refused(HttpResponseStatus.SERVICE_UNAVAILABLE, refusal.get() + "\n");
    }
    UpgradeAnswer answer = upgrade(request, redeemed.get());
    if (answer instanceof Refused refused) {
      boolean full = refused.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE);
      countRefusal(full ? SessionRefusal.TOO_MANY : SessionRefusal.BAD_REQUEST);
    }
    log(answer, redeemed.get(), peer);
    return answer;
  }

  private static void log(UpgradeAnswer answer, StreamingRequest asked, SocketAddress peer) {
    LoggingEventBuilder line = log.atInfo();
    if (!asked.target().startsWith("/")) {
      line = line.addKeyValue("container_id", asked.target());
    }
    switch (answer) {
      case Refused refused ->
          line.log(
              "{} session with {} refused: {}; from {}",
              asked.kind().path(),
              asked.target(),
              refused.status(),
              peer);
      case UpgradeAnswer.Accepted accepted ->
          line.addKeyValue("protocol", accepted.protocol())
              .log(
                  "{} session with {} begins, from {}; {}",
                  asked.kind().path(),
                  asked.target(),
                  peer,
                  accepted.protocol());
    }
  }

  /**
   * Makes the handler of a connection that another server has had.
   *
   * @param in what its own handler has written down
   */
  ChannelHandler thaw(ConnectionForm form, StateReader in) throws UnreadableStateException {
    return switch (form) {
      case WEBSOCKET -> webSocket.thaw(in);
      case SPDY -> spdy.thaw(in);
      case REQUEST, LINGERING -> throw new UnreadableStateException(form + " has no session");
    };
  }

  /**
   * Makes the handler of a session for which there was no request here.
   *
   * @throws IllegalArgumentException if there is no such protocol for that kind
   */
  ChannelHandler session(StreamingRequest asked, String protocol) {
    return webSocket
        .session(asked, protocol)
        .or(() -> spdy.session(asked, protocol))
        .orElseThrow(() -> new IllegalArgumentException("no protocol is named " + protocol));
  }

  private UpgradeAnswer upgrade(HttpRequest request, StreamingRequest asked) {
    return switch (asked) {
      case RemoteCommandRequest session ->
          WebSocketUpgrade.isAskedForBy(request)
              ? webSocket.answer(request, session)
              : spdy.answer(request, session);
      case PortForwardRequest session ->
          WebSocketUpgrade.isAskedForBy(request)
              ? webSocket.answer(request, session)
              : spdy.answer(request, session);
    };
  }

  /** What follows the head of such a request would be taken for the first bytes of the protocol. */
  static boolean hasBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || HttpUtil.getContentLength(request, 0L) != 0;
  }

  private static Refused refused(HttpResponseStatus status, String body) {
    return new Refused(status, new DefaultHttpHeaders(), body);
  }
}
