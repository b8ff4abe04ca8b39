package io.conmonj.it.upgrade;

import io.conmonj.client.model.ListedSession;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sessions of a monitor at one time, by its own list. */
final class SessionTable {
  private final Map<Long, ListedSession> sessions = new HashMap<>();

  private SessionTable(List<ListedSession> listed) {
    listed.forEach(each -> sessions.put(each.id(), each));
  }

  /** Waits until there are so many. */
  static SessionTable await(BusyboxPod pod, int count) {
    Await.until(count + " sessions", () -> of(pod).sessions.size() == count);
    return of(pod);
  }

  /** Those of now. */
  static SessionTable of(BusyboxPod pod) {
    try {
      return new SessionTable(Replies.await(pod.monitor().listSessions()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds to the faults what has become of these sessions that should not.
   *
   * @param later those of a later time, and perhaps others
   */
  void compare(SessionTable later, Faults faults) {
    for (ListedSession each : sessions.values()) {
      ListedSession then = later.sessions.get(each.id());
      if (then == null || !then.connected()) {
        faults.add("a session is lost: " + each);
      } else if (!then.protocol().equals(each.protocol())
          || !then.since().equals(each.since())
          || then.receivedBytes() < each.receivedBytes()
          || then.sentBytes() < each.sentBytes()) {
        faults.add("a session is another: " + each + ", then " + then);
      }
    }
  }

  /** A line for each kind and protocol. */
  String byProtocol() {
    Map<String, Integer> counts = new TreeMap<>();
    for (ListedSession each : sessions.values()) {
      counts.merge(each.kind() + " over " + each.protocol(), 1, Integer::sum);
    }
    StringBuilder lines = new StringBuilder();
    counts.forEach((name, count) -> lines.append(String.format("  %4d %s%n", count, name)));
    return lines.toString();
  }
}
