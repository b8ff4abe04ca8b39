package io.conmonj.monitor.control;

import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.server.StreamingServer;

/** {@code endSession} of our own interface: ends one session, whose client is told so. */
final class EndSessionMethod implements RpcMethod {
  /** What the person at the client reads. */
  private static final String REASON = "the session was ended through the monitor";

  private final StreamingServer server;

  EndSessionMethod(StreamingServer server) {
    this.server = server;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException {
    long id = call.request(Conmonj.EndSessionRequest.factory).getId();
    if (!server.endSession(id, REASON)) {
      throw new BadRequestException(refusal(id));
    }
    call.response(Conmonj.EndSessionResponse.factory);
    call.respond();
  }

  private String refusal(long id) {
    String session = "session " + Long.toUnsignedString(id);
    return server.sessions().stream().anyMatch(listed -> listed.id() == id)
        ? "the client of " + session + " has gone already"
        : "there is no " + session;
  }
}
