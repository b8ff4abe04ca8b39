package io.conmonj.streaming.websocket;

import io.conmonj.streaming.upgrade.HeaderLists;
import io.conmonj.streaming.upgrade.Negotiation;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The opening handshake (RFC 6455, section 4.2), with the answers of the kubelet's library to what
 * is wrong with it. Extensions are never accepted and the origin is not looked at: what lets a
 * client in is the secret in the URL, which no web page can know.
 */
final class Handshake {
  private static final String VERSION = "13";
  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Handshake() {}

  /**
   * Answers a request whose headers ask for WebSocket.
   *
   * @param known the subprotocols of the route
   * @param handler makes the handler that takes the connection over and speaks the chosen one
   */
  static UpgradeAnswer answer(
      HttpRequest request, List<Subprotocol> known, Function<Subprotocol, ChannelHandler> handler) {
    HttpHeaders headers = request.headers();
    if (!request.method().equals(HttpMethod.GET)) {
      HttpHeaders allow = new DefaultHttpHeaders().set(HttpHeaderNames.ALLOW, HttpMethod.GET);
      return new UpgradeAnswer.Refused(
          HttpResponseStatus.METHOD_NOT_ALLOWED, allow, "a WebSocket is opened with GET\n");
    }
    String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    if (key.isEmpty()) {
      return new UpgradeAnswer.Refused(
          HttpResponseStatus.BAD_REQUEST, new DefaultHttpHeaders(), "no Sec-WebSocket-Key\n");
    }
    if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      HttpHeaders version =
          new DefaultHttpHeaders().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
      return new UpgradeAnswer.Refused(
          HttpResponseStatus.BAD_REQUEST, version, "WebSocket version is not 13\n");
    }
    List<String> offered = HeaderLists.values(headers, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    Optional<Subprotocol> chosen = choose(offered, known);
    if (chosen.isEmpty()) {
      return new UpgradeAnswer.Refused(HttpResponseStatus.FORBIDDEN, new DefaultHttpHeaders(), "");
    }
    Subprotocol subprotocol = chosen.get();
    return new UpgradeAnswer.Accepted(
        subprotocol.title(), accepted(key, subprotocol), handler.apply(subprotocol));
  }

  /**
   * The first of the client's list that is known. An empty list asks for {@link Subprotocol#NONE}.
   */
  private static Optional<Subprotocol> choose(List<String> offered, List<Subprotocol> known) {
    List<String> names = offered.isEmpty() ? List.of(Subprotocol.NONE.name()) : offered;
    return Negotiation.choose(names, known, Subprotocol::name);
  }

  private static HttpHeaders accepted(String key, Subprotocol subprotocol) {
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
            .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
            .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key));
    if (!subprotocol.name().isEmpty()) {
      // An empty one, which the kubelet's library sends, is an error to some clients.
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol.name());
    }
    return headers;
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
