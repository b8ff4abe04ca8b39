package io.conmonj.monitor.oci;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.holder.Started;
import io.conmonj.monitor.holder.Whom;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The monitor's children: the holder starts them, adopts orphans that a runtime has made, and reaps
 * both; here is who waits for them. Loop thread only.
 *
 * <p>INVARIANT: the status of a child that is known, or that a launch in progress may still claim,
 * goes to its {@link ChildProcess} and to nobody else.
 */
public class Processes {
  private final HolderLink link;
  private final KnownChildren known = new KnownChildren();
  private final LaunchNumbers launches = new LaunchNumbers();
  private final ProcessTags tags;
  private final EarlierProcesses earlier;
  private final HolderDuties duties;

  /**
   * Without any, but for those that a worker before this one has left, see {@link #recover}.
   *
   * @param link somebody else watches it, and calls {@link #exited}
   */
  public Processes(EventLoop loop, HolderLink link) {
    this.link = link;
    this.tags = new ProcessTags(link.welcome().starts());
    this.earlier = new EarlierProcesses(loop, link, tags);
    this.duties = new HolderDuties(loop, link, tags, known, launches);
  }

  /**
   * Starts a program. All memory that this takes is taken before there is a process: one that
   * nobody knew could not be undone.
   *
   * @throws KernelException when it cannot be started
   * @throws OutOfMemoryError when there is no memory to note it; then it is not started, or killed
   */
  public ChildProcess start(SpawnCommand program, ProcessKind kind) throws KernelException {
    return start(program, newTag(kind));
  }

  /**
   * A tag for a process that is yet to be started, by which the worker after this one can find out
   * whether it was.
   */
  public long newTag(ProcessKind kind) {
    return tags.next(kind);
  }

  /**
   * As the other one.
   *
   * @param tag of {@link #newTag}, for one process alone
   */
  public ChildProcess start(SpawnCommand program, long tag) throws KernelException {
    ChildProcess child = newChild();
    known.makeRoom();
    try {
      child.begin(link.spawn(program, tag));
    } catch (Error noMemory) {
      duties.killingStrays.due();
      throw noMemory;
    }
    known.add(child);
    return child;
  }

  /**
   * Takes over the process that a runtime says it has made. To be called after the runtime's end,
   * when whatever it has left has fallen to the holder.
   *
   * @param runtimeBegan when the runtime began, as {@link RuntimeRun#began} says
   * @throws IOException when the runtime cannot have made it: it is no child of ours, one that is
   *     known already, or one that is older than the runtime
   */
  public ChildProcess claim(int pid, long runtimeBegan, ProcessKind kind) throws IOException {
    ChildProcess child = newChild();
    known.makeRoom();
    try {
      child.begin(link.adopt(pid, tags.next(kind), runtimeBegan));
    } catch (KernelException refused) {
      throw isStranger(refused)
          ? new IOException("process " + pid + " was not made by the runtime", refused)
          : refused;
    } catch (Error noMemory) {
      duties.killingStrays.due();
      throw noMemory;
    }
    known.add(child);
    return child;
  }

  private static boolean isStranger(KernelException refused) {
    return refused.errno() == Errno.ESRCH || refused.errno() == Errno.EEXIST;
  }

  /**
   * Whether a runtime has made this process. If so it is a child from now on, and cannot be claimed
   * any more: it is to be removed.
   *
   * @param runtimeBegan as {@link #claim} has it
   * @throws IOException when that cannot be found out
   */
  public boolean isMadeBy(int pid, long runtimeBegan) throws IOException {
    try {
      claim(pid, runtimeBegan, ProcessKind.CONTAINER);
      return true;
    } catch (IOException refused) {
      if (refused.getCause() instanceof KernelException cause && isStranger(cause)) {
        return false;
      }
      throw refused;
    }
  }

  /** Which worker of the monitor this is, counted from 1. */
  public int worker() {
    return link.welcome().starts();
  }

  /** Before there is a process for it; apart, so that a test can have no memory for one. */
  ChildProcess newChild() {
    return new ChildProcess(this);
  }

  /** Knows a child that the holder has had from the start of this worker. */
  ChildProcess know(Started process) {
    ChildProcess child = newChild();
    known.makeRoom();
    child.begin(process);
    known.add(child);
    return child;
  }

  /** Null when it is none of those known. */
  ChildProcess find(Started process) {
    return known.find(process);
  }

  /**
   * A child of the worker before this one, running or ended: its end is told as that of others. To
   * be called before this worker is ready.
   *
   * @param start as {@link ChildProcess#start} said
   * @return one whose {@link ChildProcess#exited} fails if the holder does not have it
   * @throws IOException when the holder does not say what it has
   */
  public ChildProcess recover(int pid, long start) throws IOException {
    return earlier.recover(new Started(pid, start), this);
  }

  /**
   * A child that a worker before this one has started under a tag, running or ended, as long as it
   * was not forgotten. To be called before this worker is ready.
   *
   * @param tag as {@link #newTag} gave it
   * @return empty when there is none: it was not started, if nobody had it forgotten
   * @throws IOException when the holder does not say what it has
   */
  public Optional<ChildProcess> recover(long tag) throws IOException {
    return earlier.recover(tag, this);
  }

  /**
   * Ends what the worker before this one has left and nobody has {@linkplain #recover recovered}:
   * further processes in containers, helpers, and runs of the runtime, which may end by themselves
   * within a second. What is meant to outlive a worker (containers, cleanup commands) is left
   * alone, and forgotten at its end. To be called once, before anything is launched.
   *
   * @return completes when none of those runs is there any more, or one cannot be killed
   */
  public CompletableFuture<Void> endOthers() {
    // What those runs have made is nobody's.
    duties.tellingLaunches.due();
    return earlier.endOthers(this);
  }

  /**
   * A runtime is about to make a process whose pid will be known later: until {@link #endLaunch},
   * the holder keeps the status of each orphan that ends.
   *
   * @return the launch's number
   */
  public long beginLaunch() {
    long number = launches.add();
    try {
      duties.tellLaunches();
    } catch (Error noMemory) {
      launches.remove(number);
      throw noMemory;
    }
    return number;
  }

  /** The launch has failed, or its process was claimed. Takes no memory. */
  public void endLaunch(long launch) {
    launches.remove(launch);
    duties.tellingLaunches.due();
  }

  /** A child has ended, as the holder says; told again if this throws an {@link Error}. */
  public void exited(HeldProcess process) {
    ChildProcess child = known.find(process.started());
    if (child == null) {
      duties.acknowledge(process.started());
      return;
    }
    duties.forgetting.due();
    child.ended(process.status().orElseThrow());
  }

  /** Has the holder forget those whose end nobody needs any more. Takes no memory. */
  void forgetEnded() {
    duties.forgetting.due();
  }

  void signal(int pid, int signal, Whom whom) {
    duties.signal(pid, signal, whom);
  }
}
