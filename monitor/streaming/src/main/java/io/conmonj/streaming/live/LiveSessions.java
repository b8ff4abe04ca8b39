package io.conmonj.streaming.live;

import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.StreamingRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions of a server from their beginning to their end: no more of them than there are
 * connections, and work that goes on after its connection. Used on the event loop thread only.
 */
public final class LiveSessions {
  /** In the order in which they began. */
  private final Map<Long, LiveSession> sessions = new LinkedHashMap<>();

  /** Numbers begin with 1: 0 is a session that has not begun. */
  private long lastId;

  /**
   * Makes the entry of a session that may begin; it is not listed before.
   *
   * @param request what it is for
   * @param protocol as negotiated
   */
  public LiveSession entry(StreamingRequest request, String protocol) {
    return new LiveSession(this, request, protocol);
  }

  /** How many have a client. */
  public int connected() {
    int connected = 0;
    for (LiveSession each : sessions.values()) {
      if (each.connected()) {
        connected++;
      }
    }
    return connected;
  }

  /** What there is to say of each, the oldest first. */
  public List<SessionInfo> list() {
    List<SessionInfo> all = new ArrayList<>(sessions.size());
    for (LiveSession each : sessions.values()) {
      all.add(each.info());
    }
    return all;
  }

  /**
   * Ends a session; its client is told why, where its protocol has words for it.
   *
   * @param reason for the person at the client
   * @return false if there is no such session, or its client has gone
   */
  public boolean end(long id, String reason) {
    LiveSession session = sessions.get(id);
    if (session == null || !session.connected()) {
      return false;
    }
    session.end(reason);
    return true;
  }

  long add(LiveSession session) {
    sessions.put(++lastId, session);
    return lastId;
  }

  void remove(long id) {
    sessions.remove(id);
  }
}
