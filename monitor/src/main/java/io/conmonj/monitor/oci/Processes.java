package io.conmonj.monitor.oci;

import io.conmonj.kernel.Children;
import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Spawn;
import io.conmonj.kernel.StartTime;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The children of this monitor: those it started, those it knows by their pid file, and orphans
 * that fell to it because it is their subreaper. Loop thread only.
 *
 * <p>INVARIANT: the status of a child that is known, or that a launch in progress may still claim,
 * goes to its {@link ChildProcess} and to nobody else.
 */
public class Processes {
  private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

  private final EventLoop loop;
  private final OptionalInt oomScore;
  private final KnownChildren known = new KnownChildren();
  // In the order of their numbers, so the first is the oldest.
  private final Set<Long> launches = new LinkedHashSet<>();
  private long lastLaunch;
  private final UnclaimedEnds unclaimed = new UnclaimedEnds();

  /**
   * @param oomScore the oom_score_adj that children start with; empty for the monitor's own
   */
  public Processes(EventLoop loop, OptionalInt oomScore) {
    this.loop = loop;
    this.oomScore = oomScore;
  }

  /**
   * Starts a program and watches it. All memory that this takes is taken before there is a process:
   * one that nobody knew could not be undone.
   *
   * @throws KernelException when it cannot be started
   * @throws OutOfMemoryError when there is no memory to note it; then it is not started
   */
  public ChildProcess start(Spawn program) throws KernelException {
    oomScore.ifPresent(program::oomScore);
    ChildProcess child = newChild();
    known.makeRoom();
    try {
      program.start().oomScoreProblem().ifPresent(LOG::warn);
    } catch (OutOfMemoryError tight) {
      if (program.pid() == Spawn.NOT_STARTED) {
        throw tight;
      }
      loop.noticed(tight);
    }
    begin(child, program.pid());
    return child;
  }

  /**
   * Watches the process that a runtime says it has made. To be called after the runtime's end, when
   * whatever it has left is ours.
   *
   * @param runtimeBegan when the runtime began, as {@link RuntimeRun#began} says
   * @throws IOException when the runtime cannot have made it: it is no child of ours, one that is
   *     known already, or one that is older than the runtime
   */
  public ChildProcess claim(int pid, long runtimeBegan) throws IOException {
    if (!mayClaim(pid, runtimeBegan)) {
      throw new IOException("process " + pid + " was not made by the runtime");
    }
    if (isOurs(pid, runtimeBegan)) {
      return adopt(pid);
    }
    return ChildProcess.reaped(pid, this, loop, unclaimed.take(pid, runtimeBegan).orElseThrow());
  }

  /**
   * The container's process that a worker before this one has watched. Its end comes later on the
   * loop, also if it has ended by now; {@link ChildProcess#exited} fails when how it ended is lost.
   *
   * @param start when it began, see {@link StartTime}; 0 when that is not known
   */
  public ChildProcess recover(int pid, long start) {
    boolean ours = false;
    try {
      ours = Children.has(pid) && (start == 0 || startTime(pid) == start);
    } catch (KernelException unknown) {
      LOG.warn("recover process {}", pid, unknown);
    }
    return ours && known.find(pid) == null ? adopt(pid) : ChildProcess.lost(pid, this, loop);
  }

  /**
   * Kills what the worker before has left running and nobody has recovered: runs of the runtime,
   * and processes that were run in containers.
   *
   * @return completes when no run of the runtime is left
   */
  public CompletableFuture<Void> endOthers() {
    return CompletableFuture.completedFuture(null);
  }

  /** Whether {@link #claim} would succeed. */
  public boolean mayClaim(int pid, long runtimeBegan) throws KernelException {
    return isOurs(pid, runtimeBegan) || unclaimed.has(pid, runtimeBegan);
  }

  private boolean isOurs(int pid, long runtimeBegan) throws KernelException {
    return Children.has(pid) && known.find(pid) == null && !isOlder(pid, runtimeBegan);
  }

  private static boolean isOlder(int pid, long runtimeBegan) {
    return startTime(pid) < runtimeBegan;
  }

  ChildProcess adopt(int pid) {
    ChildProcess child = newChild();
    known.makeRoom();
    begin(child, pid);
    return child;
  }

  /** Before there is a process for it; apart, so that a test can have no memory for one. */
  ChildProcess newChild() {
    return new ChildProcess(loop, this);
  }

  private void begin(ChildProcess child, int pid) {
    child.begin(pid);
    known.add(child);
    child.watch(loop);
  }

  /**
   * A runtime is about to make a process whose pid will be known later: until {@link #endLaunch},
   * the status of each child that dies unknown is kept for it.
   *
   * @return the launch's number
   */
  public long beginLaunch() {
    launches.add(++lastLaunch);
    return lastLaunch;
  }

  /** The launch has failed, or its process was adopted. */
  public void endLaunch(long launch) {
    launches.remove(launch);
    unclaimed.forget(launches.isEmpty() ? Long.MAX_VALUE : launches.iterator().next());
  }

  /**
   * Reaps children that have ended and that nobody knows; to be called on SIGCHLD. A launch, which
   * may hang for minutes, does not keep them: a pod whose processes fall to us has a limit of them.
   */
  public void reapOrphans() {
    try {
      while (reapOne()) {
        LOG.trace("one child reaped");
      }
    } catch (KernelException failed) {
      LOG.warn("reap orphans", failed);
    }
  }

  /** Whether a child was reaped, so that there may be another. */
  private boolean reapOne() throws KernelException {
    OptionalInt ended = Children.peek();
    if (ended.isEmpty()) {
      return false;
    }
    int pid = ended.getAsInt();
    ChildProcess child = known.find(pid);
    if (child != null) {
      return child.reap();
    }
    LOG.debug("reap orphan {}", pid);
    long began = launches.isEmpty() ? 0 : startTime(pid);
    Optional<ExitStatus> status = Children.tryReap(pid);
    if (status.isPresent() && !launches.isEmpty()) {
      unclaimed.add(pid, began, status.get(), lastLaunch);
    }
    return status.isPresent();
  }

  private static long startTime(int pid) {
    try {
      return StartTime.of(pid);
    } catch (IOException noDescriptorLeft) {
      // What cannot be looked at is not refused to a launch.
      return Long.MAX_VALUE;
    }
  }

  void remove(ChildProcess child) {
    known.remove(child);
  }
}
