package io.conmonj.it.chaos;

import io.conmonj.it.echo.Latencies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.HostCommand;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Kills a monitor's worker again and again, at random times, and waits for what follows it. */
final class WorkerKills {
  private static final int MOST_LINES = 3000;
  private static final int LONGEST_PAUSE_MILLIS = 1200;

  /** So soon after a burst has been ordered that it is under way in most cases. */
  private static final long LONGEST_AIM_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /** With an attacker that leaves it 64 descriptors, or stops all, for three seconds. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final BusyboxPod pod;
  private final List<Talker> talkers;
  private final Mortals mortals;
  private final CutCalls calls;
  private final Random random;
  private final long[] outages;
  private int done;
  private long lines;

  WorkerKills(
      BusyboxPod pod, List<Talker> talkers, Mortals mortals, CutCalls calls, int kills, long seed) {
    this.pod = pod;
    this.talkers = talkers;
    this.mortals = mortals;
    this.calls = calls;
    this.random = new Random(seed);
    this.outages = new long[kills];
  }

  /** Once more; half of the times in the middle of what the talkers write. */
  void kill() throws IOException {
    KillTime time = new KillTime();
    CountDownLatch begun = mortals.begin(time);
    calls.begin(time);
    Pause.upToMillis(random, LONGEST_PAUSE_MILLIS);
    await(begun);
    long aim =
        random.nextBoolean()
            ? random.nextLong(LONGEST_AIM_NANOS)
            : random.nextLong(TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS));
    long planned = System.nanoTime() + aim;
    time.plan(planned);
    for (Talker each : talkers) {
      int count = random.nextInt(MOST_LINES);
      if (count > 0) {
        each.say(count);
        lines += count;
      }
    }
    KillTime.parkUntil(planned);
    Optional<ProcessFacts> worker = pod.process().findWorker();
    if (worker.isEmpty() || !worker.get().isAlive()) {
      return; // of 64 descriptors, say
    }
    long start = System.nanoTime();
    HostCommand.tryOn(worker.get().pid(), "kill", "-KILL");
    awaitAnswer(start);
    long end = System.nanoTime();
    time.over(start, end);
    outages[done++] = end - start;
  }

  private static void await(CountDownLatch begun) throws IOException {
    try {
      begun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void awaitAnswer(long start) throws IOException {
    while (true) {
      try {
        pod.reconnect();
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new AssertionError("no worker answers after kill " + done, notYet);
        }
        Pause.ofMillis(10);
      }
    }
  }

  /** Whether there is no need to go on: all are done, or a promise was broken. */
  boolean areOver() {
    return done == outages.length || mortals.haveBroken() || calls.haveBroken();
  }

  /** Figures, for the reader. */
  String report() {
    Latencies sorted = Latencies.of(Arrays.copyOf(outages, done));
    return String.format(
        "%d kills, answers again after (ms) p50 %.0f, p99 %.0f, most %.0f; %d lines ordered",
        done,
        sorted.percentileMicros(50) / 1e3,
        sorted.percentileMicros(99) / 1e3,
        sorted.percentileMicros(100) / 1e3,
        lines);
  }
}
