package io.conmonj.monitor.oci;

import io.conmonj.kernel.Children;
import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.PidFd;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.ReadinessListener;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that this monitor is the parent of, started or adopted. Its end is seen through a
 * pidfd, and it is reaped by its own pid, so that it can take no other's status and no other its.
 * Loop thread only.
 */
public final class ChildProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

  /** How often to look whether a process has ended that no descriptor was left to watch. */
  private static final long WITHOUT_HANDLE = Duration.ofMillis(200).toNanos();

  private final Processes registry;
  private final CompletableFuture<ExitStatus> exited = new CompletableFuture<>();
  private final Duty look;
  private Optional<Handle> handle = Optional.empty();
  private int pid;
  private boolean reaped;

  private record Handle(PidFd pidFd, Watch watch) {
    void close() {
      watch.close();
      pidFd.close();
    }
  }

  /** Before there is a process. */
  ChildProcess(EventLoop loop, Processes registry) {
    this.registry = registry;
    this.look = loop.duty(this::lookNowAndThen);
  }

  /** The process is there. */
  void begin(int id) {
    pid = id;
  }

  /**
   * One whose status has been taken already. It ends later on the loop, as others do.
   *
   * @param pid may be another process's by now
   */
  static ChildProcess reaped(int pid, Processes registry, EventLoop loop, ExitStatus status) {
    ChildProcess child = new ChildProcess(loop, registry);
    child.begin(pid);
    child.reaped = true;
    loop.duty(() -> child.exited.complete(status)).due();
    return child;
  }

  /** One of which nobody knows how it ended. */
  static ChildProcess lost(int pid, Processes registry, EventLoop loop) {
    ChildProcess child = new ChildProcess(loop, registry);
    child.begin(pid);
    child.reaped = true;
    IOException unknown = new IOException("process " + pid + " has ended unseen");
    loop.duty(() -> child.exited.completeExceptionally(unknown)).due();
    return child;
  }

  /** Its process id, free for others after {@link #exited}. */
  public int pid() {
    return pid;
  }

  /**
   * Completes once it has ended and was reaped; fails with an {@link IOException} when its status
   * was lost, because it was not our child.
   */
  public CompletableFuture<ExitStatus> exited() {
    return exited;
  }

  /** Sends a signal to it; does nothing once it has been reaped. */
  public void signal(int signal) {
    if (!reaped && !exited.isDone()) {
      try {
        Kill.process(pid, signal);
      } catch (KernelException refused) {
        LOG.warn("signal process", refused);
      }
    }
  }

  /**
   * Sends a signal to the process group that it leads, if it leads one, and to itself; does nothing
   * once it has been reaped.
   */
  public void signalGroup(int signal) {
    if (!reaped && !exited.isDone()) {
      try {
        Kill.group(pid, signal);
      } catch (KernelException refused) {
        LOG.warn("signal process group", refused);
      }
      signal(signal);
    }
  }

  /** Begins to look for its end. Never throws: somebody relies on being told. */
  void watch(EventLoop loop) {
    try {
      PidFd pidFd = PidFd.open(pid);
      try {
        handle = Optional.of(new Handle(pidFd, loop.watch(pidFd.fd(), Interest.READ, new End())));
      } catch (IOException | Error refused) {
        pidFd.close();
        throw refused;
      }
    } catch (IOException | Error refused) {
      look.due();
      report(loop, refused);
    }
  }

  private void report(EventLoop loop, Throwable refused) {
    loop.noticed(refused);
    try {
      LOG.warn("watch process {}, looking at it now and then instead", pid, refused);
    } catch (OutOfMemoryError tight) {
      // It is looked at, though not told.
    }
  }

  private void lookNowAndThen() {
    if (!reap()) {
      look.dueAfter(WITHOUT_HANDLE);
    }
  }

  /**
   * Takes its status if it has ended.
   *
   * @return whether it is over
   */
  boolean reap() {
    if (exited.isDone()) {
      // Called a second time only if there was no memory to end the watch at the first.
      forget();
      return true;
    }
    try {
      Optional<ExitStatus> status = Children.tryReap(pid);
      if (status.isPresent()) {
        over(status.get(), null);
      }
      return status.isPresent();
    } catch (KernelException lost) {
      over(null, lost);
      return true;
    }
  }

  // Its status has been taken and nobody can take it again. So those who wait for it are told,
  // whatever happens here.
  private void over(ExitStatus status, KernelException lost) {
    try {
      forget();
    } finally {
      if (lost == null) {
        exited.complete(status);
      } else {
        exited.completeExceptionally(lost);
      }
    }
  }

  private final class End implements ReadinessListener {
    @Override
    public void onReady(boolean readable, boolean writable) {
      reap();
    }

    @Override
    public boolean outlives(Error error) {
      return true;
    }
  }

  private void forget() {
    handle.ifPresent(Handle::close);
    handle = Optional.empty();
    look.cancel();
    registry.remove(this);
  }
}
