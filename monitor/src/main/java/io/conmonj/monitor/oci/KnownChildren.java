package io.conmonj.monitor.oci;

import java.util.ArrayList;

/**
 * The children that somebody waits for: some dozens at most. One is added without memory where room
 * was made for it before, since a process that runs cannot be taken back. Loop thread only.
 */
final class KnownChildren {
  private final ArrayList<ChildProcess> children = new ArrayList<>();

  /** Makes room for one more. */
  void makeRoom() {
    children.ensureCapacity(children.size() + 1);
  }

  /** Adds one for which {@link #makeRoom} has been called; takes no memory. */
  void add(ChildProcess child) {
    children.add(child);
  }

  void remove(ChildProcess child) {
    children.remove(child);
  }

  /** Null when nobody waits for it. */
  ChildProcess find(int pid) {
    for (int i = 0; i < children.size(); i++) {
      ChildProcess each = children.get(i);
      if (each.pid() == pid) {
        return each;
      }
    }
    return null;
  }
}
