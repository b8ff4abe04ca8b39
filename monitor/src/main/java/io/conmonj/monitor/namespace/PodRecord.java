package io.conmonj.monitor.namespace;

import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was asked for, as the state has it. */
final class PodRecord {
  private PodRecord() {}

  static void write(NamespacesRequest from, State.PodNamespaces.Builder to) {
    to.setPodId(from.podId());
    to.setBase(from.base().toString());
    int fresh = 0;
    for (NamespaceType type : from.fresh()) {
      fresh |= bit(type);
    }
    to.setFresh(fresh);
    List<String> users = from.users().lines();
    Texts.set(to.initUsers(users.size()), users);
    List<String> groups = from.groups().lines();
    Texts.set(to.initGroups(groups.size()), groups);
  }

  /** Kept from one worker to the next: they stay as they are. */
  private static int bit(NamespaceType type) {
    return switch (type) {
      case IPC -> 1;
      case PID -> 2;
      case NET -> 4;
      case USER -> 8;
      case UTS -> 16;
    };
  }

  /**
   * The request again.
   *
   * @throws IllegalArgumentException when it can never have been one
   */
  static NamespacesRequest read(State.PodNamespaces.Reader from) {
    List<NamespaceType> fresh = new ArrayList<>();
    for (NamespaceType type : NamespaceType.values()) {
      if ((from.getFresh() & bit(type)) != 0) {
        fresh.add(type);
      }
    }
    return new NamespacesRequest(
        from.getPodId().toString(),
        Path.of(from.getBase().toString()),
        fresh,
        new IdMappings(Texts.of(from.getUsers())),
        new IdMappings(Texts.of(from.getGroups())));
  }
}
