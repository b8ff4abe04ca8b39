package io.conmonj.streaming;

import java.util.List;

/**
 * What a server is busy with, as it was at one moment, for a program that wants to know whether it
 * may stop for a while or let another process go on.
 *
 * @param sessions each session that there is, the oldest first
 * @param requests connections that have not sent their whole request, or not opened the streams of
 *     their command, or were refused and have not been closed yet: a matter of seconds
 * @param ending connections whose session is over, and whose client is taking what is left
 * @param encrypted connections that TLS encrypts: its state is nobody's but the library's, so that
 *     no other process can go on with them
 * @param tokens URLs that have been given out and can still be redeemed
 */
public record ServerActivity(
    List<SessionActivity> sessions, int requests, int ending, int encrypted, int tokens) {

  /** Copies the list. */
  public ServerActivity {
    sessions = List.copyOf(sessions);
  }

  /** Whether there is nothing but URLs that may yet be redeemed. */
  public boolean isIdle() {
    return sessions.isEmpty() && requests == 0 && ending == 0;
  }

  /** When a session last carried something, in either direction; {@code orElse} without any. */
  public long lastByteNanos(long orElse) {
    long last = orElse;
    boolean any = false;
    for (SessionActivity each : sessions) {
      long its =
          each.receivedNanos() - each.sentNanos() > 0 ? each.receivedNanos() : each.sentNanos();
      if (!any || its - last > 0) {
        last = its;
      }
      any = true;
    }
    return last;
  }
}
