package io.conmonj.monitor.pod;

import io.conmonj.monitor.observe.MetricsText;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionLimits;
import io.conmonj.streaming.SessionRefusal;
import io.conmonj.streaming.SessionTotals;
import io.conmonj.streaming.server.StreamingServer;
import java.util.List;
import java.util.function.ToLongFunction;

/** Metrics of the streaming sessions. Loop thread only. */
final class SessionMetrics {
  private static final String KIND = "kind";
  private static final String PROTOCOL = "protocol";
  private static final String REASON = "reason";

  private final StreamingServer server;

  SessionMetrics(StreamingServer server) {
    this.server = server;
  }

  void write(MetricsText to) {
    List<SessionTotals> totals = server.totals();
    to.gauge("conmonj_sessions", "Streaming sessions whose client is connected.");
    for (SessionTotals each : totals) {
      to.value(each.connected(), KIND, each.kind().label(), PROTOCOL, each.protocol());
    }
    to.counter("conmonj_sessions_begun", "Streaming sessions that have begun.");
    for (SessionTotals each : totals) {
      to.value(each.begun(), KIND, each.kind().label(), PROTOCOL, each.protocol());
    }
    to.gauge("conmonj_sessions_limit", "How many sessions may be connected.");
    SessionLimits limits = server.sessionLimits();
    to.value(limits.all(), KIND, "all");
    for (SessionKind kind : SessionKind.values()) {
      to.value(limits.of(kind), KIND, kind.label());
    }
    to.counter("conmonj_session_received_bytes", "Bytes from clients, without framing.");
    for (SessionKind kind : SessionKind.values()) {
      to.value(sum(kind, totals, SessionTotals::received), KIND, kind.label());
    }
    to.counter("conmonj_session_sent_bytes", "Bytes to clients, without framing.");
    for (SessionKind kind : SessionKind.values()) {
      to.value(sum(kind, totals, SessionTotals::sent), KIND, kind.label());
    }
    to.counter("conmonj_sessions_refused", "Clients that connected and had no session, by reason.");
    for (SessionRefusal each : SessionRefusal.values()) {
      to.value(server.refused(each), REASON, each.label());
    }
    to.counter("conmonj_sessions_ended", "Streaming sessions that have ended, by reason.");
    for (SessionEnd each : SessionEnd.values()) {
      to.value(server.ended(each), REASON, each.label());
    }
    to.gauge("conmonj_streaming_connections", "Connections to the streaming server.");
    to.value(server.connections());
  }

  private static long sum(
      SessionKind kind, List<SessionTotals> totals, ToLongFunction<SessionTotals> bytes) {
    long sum = 0;
    for (SessionTotals each : totals) {
      sum += each.kind() == kind ? bytes.applyAsLong(each) : 0;
    }
    return sum;
  }
}
