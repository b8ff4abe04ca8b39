package io.conmonj.monitor.oci;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.Started;
import io.conmonj.monitor.holder.Whom;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the holder is to be told of children, also where there is no memory for that at first. Loop
 * thread only.
 */
final class HolderDuties {
  private static final Logger LOG = LoggerFactory.getLogger(HolderDuties.class);

  private final HolderLink link;
  private final ProcessTags tags;
  private final KnownChildren known;
  private final LaunchNumbers launches;

  /** Has it forget children whose end nobody needs any more. */
  final Duty forgetting;

  /** Tells it which launches are in progress. */
  final Duty tellingLaunches;

  /** Kills what was started when there was no memory to note it. */
  final Duty killingStrays;

  HolderDuties(
      EventLoop loop,
      HolderLink link,
      ProcessTags tags,
      KnownChildren known,
      LaunchNumbers launches) {
    this.link = link;
    this.tags = tags;
    this.known = known;
    this.launches = launches;
    this.forgetting = loop.duty(this::forget);
    this.tellingLaunches = loop.duty(this::tellLaunches);
    this.killingStrays = loop.duty(this::killStrays);
  }

  private void forget() {
    for (int i = known.size() - 1; i >= 0; i--) {
      ChildProcess each = known.get(i);
      if (each.isToBeForgotten()) {
        acknowledge(each.process());
        known.remove(i);
      }
    }
  }

  /** Has it forget one at once. */
  void acknowledge(Started process) {
    try {
      link.acknowledge(process);
    } catch (KernelException refused) {
      // It was forgotten before, and then there was no memory left to note that; or nobody is
      // there to forget anything.
      LOG.debug("process {} is not known to the holder", process.pid(), refused);
    }
  }

  /** At once: refused only when the holder is gone, and then it starts no runtime either. */
  void tellLaunches() {
    try {
      link.launches(launches.oldest(), launches.newest());
    } catch (KernelException refused) {
      LOG.debug("the holder is not told of launches", refused);
    }
  }

  private void killStrays() {
    try {
      for (HeldProcess each : link.list()) {
        if (each.running() && tags.isOurs(each.tag()) && !known.has(each.started())) {
          signal(each.pid(), Signal.KILL, Whom.BOTH);
        }
      }
    } catch (KernelException refused) {
      LOG.debug("the holder is not asked for processes that nobody knows", refused);
    }
  }

  /** Sends a signal to a child; nothing happens if it has ended. */
  void signal(int pid, int signal, Whom whom) {
    try {
      link.signal(pid, signal, whom);
    } catch (KernelException refused) {
      if (refused.errno() != Errno.ESRCH) {
        LOG.warn("signal process", refused);
      }
    }
  }
}
