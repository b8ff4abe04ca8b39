package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Children;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.loop.EventLoop;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaps the children that nobody waits for: what containers and runtimes leave behind comes to the
 * monitor, as their subreaper. Loop thread only.
 */
final class OrphanReaper {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);

  /** Children reaped before other work has its turn. */
  private static final int REAPED_PER_TURN = 64;

  /** How long an owner has to reap its child before we look for orphans behind it again. */
  private static final Duration AGAIN = Duration.ofMillis(50);

  private final EventLoop loop;
  private final IntPredicate owned;
  private boolean scheduled;

  /**
   * @param owned whether somebody else reaps this pid
   */
  OrphanReaper(EventLoop loop, IntPredicate owned) {
    this.loop = loop;
    this.owned = owned;
  }

  /** SIGCHLD: some children have ended. */
  void childrenEnded() {
    try {
      for (int i = 0; i < REAPED_PER_TURN; i++) {
        OptionalInt ended = Children.peek();
        if (ended.isEmpty()) {
          return;
        }
        if (owned.test(ended.getAsInt())) {
          break;
        }
        Children.tryReap(ended.getAsInt());
        LOG.debug("reaped orphan {}", ended.getAsInt());
      }
      lookAgain();
    } catch (KernelException failed) {
      LOG.warn("cannot reap orphans: {}", failed.getMessage());
    }
  }

  // The kernel shows one ended child at a time: behind one that is owned, there may be orphans.
  private void lookAgain() {
    if (!scheduled) {
      scheduled = true;
      loop.schedule(
          AGAIN,
          () -> {
            scheduled = false;
            childrenEnded();
          });
    }
  }
}
