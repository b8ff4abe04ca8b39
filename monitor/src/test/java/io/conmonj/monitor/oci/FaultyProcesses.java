package io.conmonj.monitor.oci;

import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.EventLoop;
import java.util.OptionalInt;

/** For tests: children for which there may be no memory. */
public final class FaultyProcesses extends Processes {
  private final Allocations allocations;

  /** With the monitor's own oom_score_adj. */
  public FaultyProcesses(EventLoop loop, Allocations allocations) {
    super(loop, OptionalInt.empty());
    this.allocations = allocations;
  }

  @Override
  ChildProcess newChild() {
    allocations.next();
    return super.newChild();
  }
}
