package io.conmonj.client.control;

import io.conmonj.client.model.ListedSession;
import io.conmonj.schema.Conmonj;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks which streaming sessions there are. */
public final class ListSessionsCall {
  private ListSessionsCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmonj.ListSessionsRequest.Builder,
          Conmonj.ListSessionsResponse.Reader,
          List<ListedSession>>
      create() {
    return new ControlCall<>(
        "list sessions",
        Conmonj.INTERFACE_ID,
        Conmonj.LIST_SESSIONS,
        Conmonj.ListSessionsRequest.factory,
        _ -> {},
        Conmonj.ListSessionsResponse.factory,
        ListSessionsCall::decode);
  }

  private static List<ListedSession> decode(Conmonj.ListSessionsResponse.Reader response) {
    List<ListedSession> sessions = new ArrayList<>(response.getSessions().size());
    for (Conmonj.Session.Reader each : response.getSessions()) {
      sessions.add(
          new ListedSession(
              each.getId(),
              each.getKind().toString(),
              each.getTarget().toString(),
              each.getProtocol().toString(),
              !each.getClientGone(),
              Instant.ofEpochSecond(0, each.getSinceNanos()),
              each.getReceivedBytes(),
              each.getSentBytes()));
    }
    return List.copyOf(sessions);
  }
}
