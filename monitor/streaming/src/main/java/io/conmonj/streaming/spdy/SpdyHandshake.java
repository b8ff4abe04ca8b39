package io.conmonj.streaming.spdy;

import io.conmonj.streaming.upgrade.HeaderLists;
import io.conmonj.streaming.upgrade.Negotiation;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.wire.UpgradeHeaders;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The upgrade to SPDY, with the checks of the kubelet's streaming library in its order. */
final class SpdyHandshake {
  private SpdyHandshake() {}

  /**
   * Answers a request that does not ask for a WebSocket.
   *
   * @param known what the route speaks inside SPDY, the best first
   * @param name gives the name of a known one, as it is in the header
   * @param handler makes the handler that takes the connection over and speaks the chosen one
   */
  static <P> UpgradeAnswer answer(
      HttpRequest request,
      List<P> known,
      Function<P, String> name,
      Function<P, ChannelHandler> handler) {
    HttpHeaders headers = request.headers();
    List<String> offered = HeaderLists.values(headers, UpgradeHeaders.PROTOCOL_VERSION);
    if (offered.isEmpty()) {
      return badRequest(UpgradeHeaders.PROTOCOL_VERSION + " header is required\n");
    }
    Optional<P> chosen = Negotiation.choose(offered, known, name);
    if (chosen.isEmpty()) {
      List<String> names = known.stream().map(name).toList();
      return new UpgradeAnswer.Refused(
          HttpResponseStatus.FORBIDDEN,
          new DefaultHttpHeaders().set(UpgradeHeaders.ACCEPTED_VERSIONS, names),
          "unable to upgrade: client offers none of " + names + "\n");
    }
    if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        || !headers.containsValue(HttpHeaderNames.UPGRADE, UpgradeHeaders.SPDY_3_1, true)) {
      return badRequest(
          "unable to upgrade: ask for " + UpgradeHeaders.SPDY_3_1 + " or for a WebSocket\n");
    }
    String protocol = name.apply(chosen.get());
    return new UpgradeAnswer.Accepted(
        SpdyUpgrade.title(protocol),
        new DefaultHttpHeaders()
            .set(HttpHeaderNames.CONNECTION, "Upgrade")
            .set(HttpHeaderNames.UPGRADE, UpgradeHeaders.SPDY_3_1)
            .set(UpgradeHeaders.PROTOCOL_VERSION, protocol),
        handler.apply(chosen.get()));
  }

  private static UpgradeAnswer.Refused badRequest(String body) {
    return new UpgradeAnswer.Refused(
        HttpResponseStatus.BAD_REQUEST, new DefaultHttpHeaders(), body);
  }
}
