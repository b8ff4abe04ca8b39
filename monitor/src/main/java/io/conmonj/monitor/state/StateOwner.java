package io.conmonj.monitor.state;

import io.conmonj.schema.State;

/** A part of the monitor that says of itself what must survive. Loop thread only. */
@FunctionalInterface
public interface StateOwner {
  /** Fills in its own fields, and no others. */
  void describe(State.Monitor.Builder to);
}
