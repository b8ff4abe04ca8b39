package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.spdy.SpdyUpgrade;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.websocket.WebSocketUpgrade;

/** Forwarded ports over SPDY within a WebSocket. */
final class TunnelSession extends FuzzedSession {
  private final WebSocketScript outside = new WebSocketScript(input, false, false);
  private final SpdyScript inside = new SpdyScript(input, true);

  TunnelSession(byte[] bytes, int chunk) {
    super(bytes, chunk);
  }

  @Override
  UpgradeAnswer.Accepted accept() {
    var upgrade = new WebSocketUpgrade(factory(), new SpdyUpgrade(factory(), LIMITS), LIMITS);
    return (UpgradeAnswer.Accepted)
        upgrade.answer(webSocketRequest("SPDY/3.1+portforward.k8s.io"), ports());
  }

  /** Frames of the outside mean nothing within, unless they carry something. */
  @Override
  byte[] nextOfClient() {
    return input.next(8) == 7 ? outside.next() : outside.message(inside.next());
  }

  @Override
  byte[] comparable(byte[] fromServer) {
    return new WebSocketAnswers(fromServer, false, check).withoutPongs.toByteArray();
  }

  @Override
  void checkStreams(byte[] fromServer) {
    WebSocketAnswers answers = new WebSocketAnswers(fromServer, false, check);
    SpdyAnswers streams = new SpdyAnswers(answers.bytes.toByteArray(), inside.spoilt, check);
    inside.close();
    if (!inside.isUnclear && !outside.isUnclear && outside.sent.isEmpty()) {
      boolean isThere = client.isOpen() && !answers.closes;
      SpdyForwards.check(inside, streams, pod, isThere, check);
    }
  }
}
