package io.conmonj.monitor.oci;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.StartTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How children ended that nobody knew when they were reaped, for as long as a launch may turn out
 * to have made one of them: its runtime says so only when it has ended itself. Loop thread only.
 */
final class UnclaimedEnds {
  /**
   * How many are kept: with more, the oldest is forgotten. What a runtime makes is reaped long
   * before so many others, unless the runtime hangs and it is one of thousands.
   */
  static final int LIMIT = 4096;

  /** By process id, in the order in which they were reaped. */
  private final Map<Integer, End> ends = new LinkedHashMap<>();

  /**
   * One of them.
   *
   * @param began when the process began, in the terms of {@link StartTime}
   * @param lastLaunch the newest launch when it was reaped: no later one can have made it
   */
  private record End(long began, ExitStatus status, long lastLaunch) {}

  /** Keeps one. What had this process id before is forgotten. */
  void add(int pid, long began, ExitStatus status, long lastLaunch) {
    ends.remove(pid);
    ends.put(pid, new End(began, status, lastLaunch));
    if (ends.size() > LIMIT) {
      ends.remove(ends.keySet().iterator().next());
    }
  }

  /** Whether there is one that a runtime can have made which began then. */
  boolean has(int pid, long runtimeBegan) {
    End end = ends.get(pid);
    return end != null && end.began() >= runtimeBegan;
  }

  /** The status of one, which is forgotten; empty if there is none. */
  Optional<ExitStatus> take(int pid, long runtimeBegan) {
    return has(pid, runtimeBegan) ? Optional.of(ends.remove(pid).status()) : Optional.empty();
  }

  /** Forgets those that no launch from this number on can have made. */
  void forget(long oldestLaunch) {
    ends.values().removeIf(end -> end.lastLaunch() < oldestLaunch);
  }
}
