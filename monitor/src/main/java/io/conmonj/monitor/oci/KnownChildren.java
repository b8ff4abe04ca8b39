package io.conmonj.monitor.oci;

import io.conmonj.monitor.holder.Started;
import java.util.ArrayList;

/**
 * The children of this worker that the holder has not been told to forget: some dozens at most. One
 * is added without memory where room was made for it before, since a process that runs cannot be
 * taken back. Loop thread only.
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

  int size() {
    return children.size();
  }

  ChildProcess get(int index) {
    return children.get(index);
  }

  void remove(int index) {
    children.remove(index);
  }

  /**
   * One of them. Another process can have had the same number, and not be forgotten yet.
   *
   * @return null when it is none of them
   */
  ChildProcess find(Started process) {
    for (int i = 0; i < children.size(); i++) {
      ChildProcess each = children.get(i);
      if (each.process().equals(process)) {
        return each;
      }
    }
    return null;
  }

  boolean has(Started process) {
    return find(process) != null;
  }
}
