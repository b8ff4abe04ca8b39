package io.conmonj.streaming.live;

import io.conmonj.streaming.SessionActivity;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionLimits;
import io.conmonj.streaming.SessionTotals;
import io.conmonj.streaming.SpdyPing;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of a server, from when their client is there to their end, which is later where the
 * work goes on without the client. Used on the event loop thread only.
 */
public final class LiveSessions {
  private static final Logger log = LoggerFactory.getLogger(LiveSessions.class);

  /** Longer than a client that is merely slow goes without taking anything. */
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Those that have a client, in the order in which it came. Some have not begun yet. */
  private final Set<LiveSession> connected = new LinkedHashSet<>();

  /** Those that have begun, in the order in which they did. */
  private final Map<Long, LiveSession> sessions = new LinkedHashMap<>();

  /** One for each kind and protocol that there has been; servers know some twenty together. */
  private final List<Tally> tallies = new ArrayList<>(0);

  /** How many have ended so; nothing for none. */
  private final Map<SessionEnd, Long> ends = new EnumMap<>(SessionEnd.class);

  /** Numbers begin with 1: 0 is a session that has not begun. */
  private long lastId;

  private int leftBehind;
  private long pings;

  /**
   * Makes the entry of a session that may begin; it is not listed before.
   *
   * @param request what it is for
   * @param protocol as negotiated
   */
  public LiveSession entry(StreamingRequest request, String protocol) {
    return new LiveSession(this, request, protocol);
  }

  /**
   * Makes the entry of a session that has begun in another server.
   *
   * @param in what its {@link LiveSession#freeze} has written
   */
  public LiveSession thaw(SessionKind kind, StateReader in) throws UnreadableStateException {
    return LiveSession.thaw(this, kind, in);
  }

  /** How many have a client and have not begun. */
  public int beginning() {
    return connected.size() - connected();
  }

  /**
   * How many go on without their client, and how many forwarded connections are being ended without
   * theirs: no connection is there with which they could be moved.
   */
  public int withoutClient() {
    int count = leftBehind;
    for (LiveSession each : sessions.values()) {
      count += each.isConnected() ? 0 : 1;
    }
    return count;
  }

  /**
   * Counts work that is still being done for a client that has gone, beside sessions.
   *
   * @param change 1 for more, -1 for less
   */
  void leftBehind(int change) {
    leftBehind += change;
  }

  /** Counts a client's {@link SpdyPing} that came alone, or a part of it. */
  public void pinged() {
    pings++;
  }

  /** How many of them have come. */
  public long pings() {
    return pings;
  }

  /** How many have begun and have a client. */
  public int connected() {
    int begun = 0;
    for (LiveSession each : connected) {
      begun += each.id() > 0 ? 1 : 0;
    }
    return begun;
  }

  /**
   * Whether one more may connect. When there are too many, one whose client has taken nothing for a
   * while gives way.
   *
   * @return why it may not, for the person at the client; empty when it may
   */
  public Optional<String> refusal(SessionKind kind, SessionLimits limits) {
    int all = connected.size();
    int ofKind = 0;
    for (LiveSession each : connected) {
      ofKind += each.kind() == kind ? 1 : 0;
    }
    if (all >= limits.all()) {
      if (endStalled(null)) {
        return Optional.empty();
      }
      return Optional.of("too many sessions: " + all + " are connected");
    }
    if (ofKind >= limits.of(kind)) {
      if (endStalled(kind)) {
        return Optional.empty();
      }
      return Optional.of(
          "too many sessions: " + ofKind + " of kind " + kind.path() + " are connected");
    }
    return Optional.empty();
  }

  /**
   * Ends the session whose client has taken nothing for the longest.
   *
   * @param kind of the session; null for any
   */
  private boolean endStalled(SessionKind kind) {
    LiveSession longest = null;
    long nanos = STALLED_NANOS;
    for (LiveSession each : connected) {
      if ((kind == null || each.kind() == kind) && each.stalledNanos() >= nanos) {
        longest = each;
        nanos = each.stalledNanos();
      }
    }
    if (longest == null) {
      return false;
    }
    endOrLog(
        longest,
        SessionEnd.GAVE_WAY,
        "too many sessions, and this one's client has taken nothing for a while");
    return true;
  }

  /** What there is to say of each, the oldest first. */
  public List<SessionInfo> list() {
    List<SessionInfo> all = new ArrayList<>(sessions.size());
    for (LiveSession each : sessions.values()) {
      all.add(each.info());
    }
    return all;
  }

  /** When each has carried something, the oldest session first. */
  public List<SessionActivity> activity() {
    List<SessionActivity> all = new ArrayList<>(sessions.size());
    for (LiveSession each : sessions.values()) {
      all.add(each.activity());
    }
    return all;
  }

  /**
   * Writes down what the sessions that have ended have been, and how many have begun. Those that
   * are there are written down by who carries them.
   */
  public void freeze(StateWriter out) {
    out.bigNumber(lastId).number(tallies.size());
    for (Tally each : tallies) {
      each.freeze(out);
    }
    out.number(ends.size());
    ends.forEach((end, count) -> out.word(end).bigNumber(count));
  }

  /** Goes on with what the sessions of another server have been, before any of its own. */
  public void thaw(StateReader in) throws UnreadableStateException {
    lastId = in.bigNumber();
    int tallied = in.number();
    for (int i = 0; i < tallied; i++) {
      tallies.add(Tally.thaw(in));
    }
    int ended = in.number();
    for (int i = 0; i < ended; i++) {
      ends.put(in.word(SessionEnd.class), in.bigNumber());
    }
  }

  /**
   * Ends a session; its client is told why, where its protocol has words for it.
   *
   * @param reason for the person at the client
   * @return false if there is no such session, or its client has gone
   */
  public boolean end(long id, String reason) {
    LiveSession session = sessions.get(id);
    if (!connected.contains(session)) {
      return false;
    }
    session.end(SessionEnd.REQUESTED, reason);
    return true;
  }

  /**
   * Ends all that have a client, in the order in which it came.
   *
   * @param reason for the persons at the clients
   */
  public void endAll(String reason) {
    for (LiveSession each : List.copyOf(connected)) {
      if (connected.contains(each)) {
        endOrLog(each, SessionEnd.CLOSED, reason);
      }
    }
  }

  /** A backend that fails when its client goes must not keep the other sessions from ending. */
  private static void endOrLog(LiveSession session, SessionEnd end, String reason) {
    try {
      session.end(end, reason);
    } catch (RuntimeException | Error e) {
      log.error("end a session: unexpected failure", e);
    }
  }

  /** What the sessions of each kind and protocol have been so far; none for those without any. */
  public List<SessionTotals> totals() {
    List<SessionTotals> all = new ArrayList<>(tallies.size());
    for (Tally each : tallies) {
      all.add(each.totals(sessions.values()));
    }
    return all;
  }

  /** How many sessions have ended so. */
  public long ended(SessionEnd end) {
    return ends.getOrDefault(end, 0L);
  }

  void countEnd(SessionEnd end) {
    ends.put(end, ended(end) + 1);
  }

  Tally tally(SessionKind kind, String protocol) {
    for (Tally each : tallies) {
      if (each.isOf(kind, protocol)) {
        return each;
      }
    }
    Tally made = new Tally(kind, protocol);
    tallies.add(made);
    return made;
  }

  void opened(LiveSession session) {
    connected.add(session);
  }

  boolean isConnected(LiveSession session) {
    return connected.contains(session);
  }

  void clientLeft(LiveSession session) {
    connected.remove(session);
  }

  long began(LiveSession session) {
    sessions.put(++lastId, session);
    return lastId;
  }

  void goesOn(LiveSession session) {
    sessions.put(session.id(), session);
  }

  void remove(LiveSession session) {
    connected.remove(session);
    sessions.remove(session.id());
  }
}
