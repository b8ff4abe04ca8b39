package io.conmonj.monitor.oci;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Bounds how many runs of the runtime there are at once, since each takes memory of the monitor's
 * cgroup: eight of runc, which exec at the same time, take 20 MiB, sixteen 50 MiB. Whoever comes
 * beyond that waits; first come, first served, but for what the limits below hold back:
 *
 * <ul>
 *   <li>Creates do not keep execs from running, nor the other way round ({@link RuntimeUse}).
 *   <li>Both together leave one place to what cleans up, which goes before them.
 *   <li>A container in which the runtime hangs does not keep processes of others from starting.
 * </ul>
 *
 * <p>The kernel ends containers and tells of their exits, so neither waits for a turn. Loop thread
 * only.
 */
final class RuntimeTurns {
  /** Runs at once: they and the monitor fit into a cgroup of 64 MiB. */
  static final int MOST_AT_ONCE = 8;

  /** What is left of it for cleaning up. */
  private static final int FOR_CLEAN_UP = 1;

  /** Execs at once in one container. */
  private static final int MOST_IN_ONE_CONTAINER = 4;

  /** As many as there may be sessions, and as many calls again: more would be an attack. */
  static final int MOST_WAITING = 512;

  private final List<RuntimeTurn> running = new ArrayList<>(MOST_AT_ONCE);
  private final ArrayDeque<RuntimeTurn> cleanUps = new ArrayDeque<>();
  private final ArrayDeque<RuntimeTurn> waiting = new ArrayDeque<>();
  private boolean giving;

  /**
   * Has a turn wait until it may run, which may be at once.
   *
   * @throws IOException when too many wait
   */
  void add(RuntimeTurn turn) throws IOException {
    if (turn.use() == RuntimeUse.CLEAN_UP) {
      // No more of them than there were creates.
      cleanUps.add(turn);
    } else if (waiting.size() < MOST_WAITING) {
      waiting.add(turn);
    } else {
      throw new IOException(MOST_WAITING + " others wait for their turn already");
    }
    give();
  }

  /** A turn is over, or will not be taken. */
  void remove(RuntimeTurn turn) {
    // Also when it is none of them: what is done again had no memory to give the turn to others.
    boolean _ = running.remove(turn) || cleanUps.remove(turn) || waiting.remove(turn);
    give();
  }

  /** How many run now. */
  int running() {
    return running.size();
  }

  /** How many wait for their turn. */
  int waiting() {
    return cleanUps.size() + waiting.size();
  }

  // A run that cannot be started ends its turn within this, for which the outermost call goes on.
  private void give() {
    if (giving) {
      return;
    }
    giving = true;
    try {
      RuntimeTurn next = takeNext();
      while (next != null) {
        next.begin();
        next = takeNext();
      }
    } finally {
      giving = false;
    }
  }

  private RuntimeTurn takeNext() {
    RuntimeTurn next = takeNext(cleanUps);
    return next == null ? takeNext(waiting) : next;
  }

  private RuntimeTurn takeNext(ArrayDeque<RuntimeTurn> queue) {
    for (Iterator<RuntimeTurn> all = queue.iterator(); all.hasNext(); ) {
      RuntimeTurn each = all.next();
      if (mayBegin(each)) {
        running.add(each);
        all.remove();
        return each;
      }
    }
    return null;
  }

  private boolean mayBegin(RuntimeTurn turn) {
    int ofUse = 0;
    int inContainer = 0;
    int cleaningUp = 0;
    for (RuntimeTurn each : running) {
      ofUse += each.use() == turn.use() ? 1 : 0;
      cleaningUp += each.use() == RuntimeUse.CLEAN_UP ? 1 : 0;
      inContainer += each.isFor(turn.container()) ? 1 : 0;
    }
    if (turn.use() == RuntimeUse.CLEAN_UP) {
      return running.size() < MOST_AT_ONCE;
    }
    int kept = Math.max(0, FOR_CLEAN_UP - cleaningUp);
    return running.size() < MOST_AT_ONCE - kept
        && ofUse < turn.use().most()
        && inContainer < MOST_IN_ONE_CONTAINER;
  }
}
