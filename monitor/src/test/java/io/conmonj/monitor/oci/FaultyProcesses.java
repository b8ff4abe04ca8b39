package io.conmonj.monitor.oci;

import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.EventLoop;

/** For tests: children for which there may be no memory. */
public final class FaultyProcesses extends Processes {
  private final Allocations allocations;

  /** Without any. */
  public FaultyProcesses(EventLoop loop, HolderLink link, Allocations allocations) {
    super(loop, link);
    this.allocations = allocations;
  }

  @Override
  ChildProcess newChild() {
    allocations.next();
    return super.newChild();
  }
}
