package io.conmonj.it.upgrade;

import io.conmonj.it.echo.Latencies;
import java.util.ArrayList;
import java.util.List;

/** When upgrades were made, and how long the monitor's pauses were. Any thread. */
final class UpgradeTimes {
  /**
   * One upgrade, from the call to its answer.
   *
   * @param begin by {@link System#nanoTime}
   * @param end likewise
   * @param pause as the monitor tells it, in nanoseconds
   */
  private record Upgrade(long begin, long end, long pause) {}

  private final List<Upgrade> all = new ArrayList<>();

  /** There was another one; times as in {@link Upgrade}. */
  synchronized void add(long begin, long end, long pause) {
    all.add(new Upgrade(begin, end, pause));
  }

  /** How many there were. */
  synchronized int count() {
    return all.size();
  }

  /** The pauses. */
  synchronized Latencies pauses() {
    return Latencies.of(all.stream().mapToLong(Upgrade::pause).toArray());
  }

  /** From the call to the answer: with the other worker's start, and the wait for a good moment. */
  synchronized Latencies durations() {
    return Latencies.of(all.stream().mapToLong(each -> each.end - each.begin).toArray());
  }

  /** Of each upgrade the longest of those times that were under way in it. */
  synchronized Latencies longestAcross(List<Stopwatch> times) {
    long[] longest = new long[all.size()];
    for (int i = 0; i < longest.length; i++) {
      for (Stopwatch each : times) {
        longest[i] = Math.max(longest[i], each.longestWithin(all.get(i).begin, all.get(i).end));
      }
    }
    return Latencies.of(longest);
  }

  /** The figures in words. */
  static String words(Latencies times) {
    return String.format(
        "p50 %.0f   p90 %.0f   p99 %.0f   longest %.0f",
        times.percentileMicros(50) / 1e3,
        times.percentileMicros(90) / 1e3,
        times.percentileMicros(99) / 1e3,
        times.percentileMicros(100) / 1e3);
  }
}
