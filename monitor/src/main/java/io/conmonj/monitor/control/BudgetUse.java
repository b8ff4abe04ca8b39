package io.conmonj.monitor.control;

import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionLimits;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.server.StreamingServer;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.StructList;

/** How much is in use of what a monitor may have: memory and sessions. Loop thread only. */
final class BudgetUse {
  /** All kinds of session together. */
  private static final String ALL = "all";

  private static final SessionKind[] KINDS = SessionKind.values();

  private final List<MemoryAccount> memory;
  private final StreamingServer server;

  /**
   * @param memory the accounts of the monitor itself; the server's are added
   */
  BudgetUse(List<MemoryAccount> memory, StreamingServer server) {
    this.memory = new ArrayList<>(memory);
    this.memory.addAll(server.memory());
    this.server = server;
  }

  void fill(Conmonj.ServerInfoResponse.Builder response) {
    fillMemory(response.initMemory(memory.size()));
    fillSessions(response.initSessionUse(1 + KINDS.length));
  }

  private void fillMemory(StructList.Builder<Conmonj.MemoryUse.Builder> list) {
    int i = 0;
    for (MemoryAccount each : memory) {
      Conmonj.MemoryUse.Builder item = list.get(i++);
      item.setName(each.name());
      item.setHeldBytes(each.held());
      item.setLimitBytes(each.limit());
    }
  }

  private void fillSessions(StructList.Builder<Conmonj.SessionUse.Builder> list) {
    SessionLimits limits = server.sessionLimits();
    fill(list.get(0), ALL, server.sessionCount(), limits.all());
    int i = 1;
    for (SessionKind kind : KINDS) {
      fill(list.get(i++), kind.label(), connected(kind), limits.of(kind));
    }
  }

  private static void fill(Conmonj.SessionUse.Builder item, String kind, int connected, int limit) {
    item.setKind(kind);
    item.setConnected(connected);
    item.setLimit(limit);
  }

  private int connected(SessionKind kind) {
    int count = 0;
    for (SessionInfo each : server.sessions()) {
      if (each.kind() == kind && each.connected()) {
        count++;
      }
    }
    return count;
  }
}
