package io.conmonj.streaming.live;

import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.StreamingRequest;
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

  LiveSession(LiveSessions list, StreamingRequest request, String protocol) {
    this.list = list;
    // Not the request itself: a command can be a megabyte, and is of no use once it has started.
    this.kind = request.kind();
    this.target = request.target();
    this.protocol = protocol;
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
    tally = list.tally(kind, protocol);
    tally.began();
    id = list.began(this);
  }

  /** Bytes came from the client. */
  public void received(int bytes) {
    received += bytes;
  }

  /** Bytes went to the client. */
  public void sent(int bytes) {
    sent += bytes;
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

  /** Its number in the list; 0 before it began. */
  long id() {
    return id;
  }

  SessionKind kind() {
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

  SessionInfo info() {
    return new SessionInfo(id, kind, target, protocol, isConnected(), sinceNanos, received, sent);
  }
}
