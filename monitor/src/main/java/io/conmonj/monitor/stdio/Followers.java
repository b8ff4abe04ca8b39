package io.conmonj.monitor.stdio;

import io.conmonj.streaming.memory.MemoryAccount;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * All who follow an output and are behind, in all containers of the monitor. What waits for them is
 * bounded together: when it is too much, the one for whom the most waits is cut off, and told so.
 * Whoever keeps up is not concerned. Loop thread only.
 */
public final class Followers {
  private final MemoryAccount account;
  private final Set<Subscription> behind = new LinkedHashSet<>();

  /**
   * @param account counts what waits for them
   */
  public Followers(MemoryAccount account) {
    this.account = account;
  }

  /** Something more waits for one of them; may cut it off, or another. */
  void hold(Subscription follower, long cost) {
    behind.add(follower);
    account.hold(cost);
    while (!account.hasRoom() && !behind.isEmpty()) {
      heaviest().cutOff(0);
    }
  }

  /** Whether something waits for any of them. */
  public boolean anyBehind() {
    return !behind.isEmpty();
  }

  /** Something waits no more. */
  void free(long cost) {
    account.free(cost);
  }

  /** Nothing waits for it any more. */
  void keepsUp(Subscription follower) {
    behind.remove(follower);
  }

  private Subscription heaviest() {
    Subscription heaviest = null;
    for (Subscription each : behind) {
      if (heaviest == null || each.waiting() > heaviest.waiting()) {
        heaviest = each;
      }
    }
    return heaviest;
  }
}
