package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.PidFd;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The first process of a container of a monitor that was killed. It is no child of ours, so how it
 * ends is known only where the kernel tells it of any process that is watched (Linux from 6.15 on).
 * Loop thread only.
 */
final class OrphanProcess implements AutoCloseable {
  /**
   * How long its parent may take to reap it: together ten seconds. There are init processes that
   * look for such children every other second only.
   */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final int LOOKS = 200;

  private final LaunchContext context;
  private final int pid;
  private final PidFd handle;
  private final String keptAs;
  private final IntConsumer ended;
  private final Duty lookForStatus;
  private Optional<Watch> watch = Optional.empty();
  private boolean deposited;
  private int looks;

  /**
   * @param handle belongs to this object from here on
   * @param keptAs under which name the worker after this one gets the handle
   * @param ended is told how it has ended, which is {@link ExecSyncResult#STATUS_LOST} where nobody
   *     knows
   */
  OrphanProcess(LaunchContext context, int pid, PidFd handle, String keptAs, IntConsumer ended) {
    this.context = context;
    this.pid = pid;
    this.handle = handle;
    this.keptAs = keptAs;
    this.ended = ended;
    this.lookForStatus = context.loop().duty(this::lookForStatus);
  }

  /**
   * Waits for its end from now on, and has the next worker do so.
   *
   * @throws IOException when there is nothing left to watch it with
   */
  void follow() throws IOException {
    watch =
        Optional.of(
            context.loop().watch(handle.fd(), Interest.READ, (readable, writable) -> onEnd()));
    deposited = true;
    context.keeping().deposit(keptAs, handle.fd(), WakeRule.READABLE);
  }

  /** Whether it is followed, and has not ended. */
  boolean runs() {
    return watch.isPresent();
  }

  /**
   * Kills it.
   *
   * @throws IOException when that is refused
   */
  void kill() throws IOException {
    handle.signal(Signal.KILL);
  }

  /** As {@link ForeignContainer#openNetwork()}. */
  Fd openNetwork() throws IOException {
    return ForeignContainer.openNetwork(pid, handle);
  }

  private void onEnd() {
    closeWatch();
    lookForStatus.perform();
  }

  /** The kernel knows how it has ended as soon as whoever is its parent now has reaped it. */
  private void lookForStatus() {
    boolean reaped = isReaped();
    Optional<ExitStatus> status = handle.exitStatus();
    if (status.isPresent()) {
      ended.accept(status.get().toCode());
    } else if (reaped || ++looks == LOOKS) {
      ended.accept(ExecSyncResult.STATUS_LOST);
    } else {
      lookForStatus.dueAfter(PAUSE);
    }
  }

  private boolean isReaped() {
    try {
      return !handle.hasNumber();
    } catch (KernelException unknown) {
      return false;
    }
  }

  private void closeWatch() {
    watch.ifPresent(Watch::close);
    watch = Optional.empty();
  }

  /** Follows it no more, and neither does the next worker. */
  @Override
  public void close() {
    closeWatch();
    if (deposited) {
      context.keeping().withdraw(keptAs);
      deposited = false;
    }
    handle.close();
  }
}
