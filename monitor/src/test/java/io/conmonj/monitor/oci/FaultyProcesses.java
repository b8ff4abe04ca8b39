package io.conmonj.monitor.oci;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.EventLoop;

/** For tests: children for which there may be no memory, or no descriptors. */
public final class FaultyProcesses extends Processes {
  private final Allocations allocations;
  private String refused = "";
  private int refusals;

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

  /** Has no descriptors for a program, a few times. */
  public void refuse(String program, int times) {
    refused = program;
    refusals = times;
  }

  @Override
  public ChildProcess start(SpawnCommand program, long tag) throws KernelException {
    if (refusals > 0 && program.program().equals(refused)) {
      refusals--;
      throw new KernelException(Errno.EMFILE, "spawn", refused);
    }
    return super.start(program, tag);
  }

  /** How often the program is still to be refused. */
  public int refusals() {
    return refusals;
  }
}
