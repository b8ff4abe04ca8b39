package io.conmonj.streaming.live;

import io.conmonj.streaming.SessionActivity;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One session's entry in the list, and its counters. Whoever carries the session's bytes counts
 * them here, once for all protocols. Used on the event loop thread only.
 */
public final class LiveSession {
  private static final Logger log = LoggerFactory.getLogger(LiveSession.class);

  private final LiveSessions list;
  private final SessionKind kind;
  private final String target;
  private final String protocol;
  private Consumer<String> ending;
  private long id;
  private long sinceNanos;
  private boolean stalled;
  private long stalledSinceNanos;
  private String why = "";

  /** Null until it is known. */
  private SessionEnd how;

  /** Null before it began. */
  private Tally tally;

  private boolean over;
  private long received;
  private long sent;
  private long receivedAtNanos;
  private long sentAtNanos;

  LiveSession(LiveSessions list, StreamingRequest request, String protocol) {
    // Not the request itself: a command can be a megabyte, and is of no use once it has started.
    this(list, request.kind(), request.target(), protocol);
  }

  private LiveSession(LiveSessions list, SessionKind kind, String target, String protocol) {
    this.list = list;
    this.kind = kind;
    this.target = target;
    this.protocol = protocol;
  }

  /** Writes down one that has begun, but for its kind. */
  public void freeze(StateWriter out) {
    out.text(target)
        .text(protocol)
        .bigNumber(id)
        .bigNumber(sinceNanos)
        .bigNumber(received)
        .bigNumber(sent)
        .bigNumber(receivedAtNanos)
        .bigNumber(sentAtNanos);
  }

  static LiveSession thaw(LiveSessions list, SessionKind kind, StateReader in)
      throws UnreadableStateException {
    LiveSession session = new LiveSession(list, kind, in.text(), in.text());
    session.id = in.bigNumber();
    session.sinceNanos = in.bigNumber();
    session.received = in.bigNumber();
    session.sent = in.bigNumber();
    session.receivedAtNanos = in.bigNumber();
    session.sentAtNanos = in.bigNumber();
    return session;
  }

  /**
   * In place of {@link #opened} and {@link #began}, of one that began in another server.
   *
   * @param ending ends the session, with a reason for the person at the client
   */
  public void goesOn(Consumer<String> ending) {
    this.ending = ending;
    list.opened(this);
    tally = list.tally(kind, protocol);
    list.goesOn(this);
  }

  /** Another server goes on with it. The last call. */
  public void letGo() {
    over = true;
    list.remove(this);
  }

  /** Where it goes, by the backend's own name. */
  public String target() {
    return target;
  }

  /**
   * The client is there, but its session is not up yet: it is not listed to anyone, but ended when
   * the server is closed. Called once, before all others.
   *
   * @param ending ends the session, with a reason for the person at the client
   */
  public void opened(Consumer<String> ending) {
    this.ending = ending;
    list.opened(this);
  }

  /** The session is up: it is listed from now on. Called at most once. */
  public void began() {
    sinceNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    receivedAtNanos = System.nanoTime();
    sentAtNanos = receivedAtNanos;
    tally = list.tally(kind, protocol);
    tally.began();
    id = list.began(this);
  }

  /** Bytes came from the client. */
  public void received(int bytes) {
    received += bytes;
    receivedAtNanos = System.nanoTime();
  }

  /** Bytes went to the client. */
  public void sent(int bytes) {
    sent += bytes;
    sentAtNanos = System.nanoTime();
  }

  /** The client takes no more of what is sent to it, or takes it again. */
  public void stalled(boolean now) {
    if (now && !stalled) {
      stalledSinceNanos = System.nanoTime();
    }
    stalled = now;
  }

  /** For how long the client has taken nothing, in nanoseconds; 0 when it takes what is sent. */
  long stalledNanos() {
    return stalled ? System.nanoTime() - stalledSinceNanos : 0;
  }

  /** The client has gone, but the work it asked for goes on: listed until {@link #ended}. */
  public void clientLeft() {
    list.clientLeft(this);
  }

  /**
   * Why the session ends; the first reason counts, and in the log the first words.
   *
   * @param end as it is counted
   * @param reason for the log; nothing of what a person typed or was shown may be in it
   */
  public void because(SessionEnd end, String reason) {
    because(end);
    if (why.isEmpty()) {
      why = reason;
    }
  }

  /**
   * The same, where its client had to be cut off.
   *
   * @param cause what kept something from being sent to it
   */
  public void becauseOf(Throwable cause) {
    because(
        SessionEnd.ABORTED,
        cause instanceof OutOfMemoryError
            ? "no memory for what its client was to get"
            : "what its client was to get could not be sent");
  }

  private void because(SessionEnd end) {
    if (how == null) {
      how = end;
    }
  }

  /** The session has ended, whoever ended it. Again, or without a beginning: does nothing. */
  public void ended() {
    list.remove(this);
    if (id > 0 && !over) {
      over = true;
      tally.ended(received, sent);
      list.countEnd(how == null ? SessionEnd.ABORTED : how);
      logEnd();
    }
  }

  private void logEnd() {
    LoggingEventBuilder line = log.atInfo();
    if (!target.startsWith("/")) {
      line = line.addKeyValue("container_id", target);
    }
    long millis = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(sinceNanos);
    line.log(
        "{} session {} with {} ended: {}; {}, {} bytes in, {} out, {} ms",
        kind.path(),
        id,
        target,
        why,
        protocol,
        received,
        sent,
        millis);
  }

  /**
   * Something is being done for a client that has gone, or is no longer.
   *
   * @param change 1 for one more such thing, -1 for one less
   */
  public void leftBehind(int change) {
    list.leftBehind(change);
  }

  /** Its number in the list; 0 before it began. */
  public long id() {
    return id;
  }

  /** What it is for. */
  public SessionKind kind() {
    return kind;
  }

  void end(SessionEnd end, String reason) {
    because(end);
    ending.accept(reason);
  }

  Tally tally() {
    return tally;
  }

  boolean isConnected() {
    return list.isConnected(this);
  }

  long received() {
    return received;
  }

  long sent() {
    return sent;
  }

  SessionActivity activity() {
    return new SessionActivity(id, isConnected(), receivedAtNanos, sentAtNanos);
  }

  SessionInfo info() {
    return new SessionInfo(id, kind, target, protocol, isConnected(), sinceNanos, received, sent);
  }
}
