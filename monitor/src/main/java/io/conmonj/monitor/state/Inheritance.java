package io.conmonj.monitor.state;

import io.conmonj.kernel.Fd;
import io.conmonj.schema.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the worker before has left: its state, and its descriptors by name. Each part of the monitor
 * takes its own. Loop thread only.
 */
public final class Inheritance {
  private final State.Monitor.Reader monitor;
  private final Map<String, Fd> descriptors;

  /**
   * @param descriptors whoever takes one owns it
   */
  public Inheritance(State.Monitor.Reader monitor, Map<String, Fd> descriptors) {
    this.monitor = monitor;
    this.descriptors = new HashMap<>(descriptors);
  }

  /** The state; empty fields where it had nothing to say. */
  public State.Monitor.Reader monitor() {
    return monitor;
  }

  /** Takes a descriptor; empty when none was kept under that name, or it has been taken. */
  public Optional<Fd> take(String name) {
    return Optional.ofNullable(descriptors.remove(name));
  }

  /** The names of those that have not been taken. */
  public List<String> left() {
    return new ArrayList<>(descriptors.keySet());
  }
}
