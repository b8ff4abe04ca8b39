package io.conmonj.monitor.control;

import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.server.StreamingServer;
import java.util.List;

/**
 * {@code listSessions} of our own interface: who is connected, to what, how busy, and what goes on
 * without its client.
 */
final class ListSessionsMethod implements RpcMethod {
  private final StreamingServer server;

  ListSessionsMethod(StreamingServer server) {
    this.server = server;
  }

  @Override
  public void call(IncomingCall call) {
    List<SessionInfo> sessions = server.sessions();
    var list = call.response(Conmonj.ListSessionsResponse.factory).initSessions(sessions.size());
    for (int i = 0; i < sessions.size(); i++) {
      fill(list.get(i), sessions.get(i));
    }
    call.respond();
  }

  private static void fill(Conmonj.Session.Builder to, SessionInfo session) {
    to.setId(session.id());
    to.setKind(session.kind().label());
    to.setTarget(session.target());
    to.setProtocol(session.protocol());
    to.setClientGone(!session.connected());
    to.setSinceNanos(session.sinceNanos());
    to.setReceivedBytes(session.received());
    to.setSentBytes(session.sent());
  }
}
