package io.conmonj.it.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Attack a pod, a few at a time, until it is over or a promise is broken. */
final class Attackers {
  private static final int AT_ONCE = 6;
  private static final int MOST_PAUSE_MILLIS = 400;

  private final ChaosPod pod;
  private final long seed;
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentMap<String, AtomicInteger> done = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> refused = new ConcurrentHashMap<>();

  /** The first; those after it may be no more than its consequences. */
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  /**
   * @param seed each attacker's choices follow from it; how they meet is up to the machine
   */
  Attackers(ChaosPod pod, long seed) {
    this.pod = pod;
    this.seed = seed;
  }

  /** Begins. */
  void start(BooleanSupplier over) {
    for (int i = 0; i < AT_ONCE; i++) {
      Random random = new Random(seed + i);
      threads.add(Thread.ofPlatform().name("attacker-" + i).start(() -> attackUntil(over, random)));
    }
  }

  /** Whether a promise was broken. */
  boolean haveBroken() {
    return broken.get() != null;
  }

  /**
   * Waits until it is over, and tells what was done.
   *
   * @throws AssertionError when a promise was broken
   */
  void join() throws InterruptedException {
    for (Thread each : threads) {
      each.join();
    }
    System.out.println("  attacks: " + done);
    System.out.println("  refused, the latest of each: " + refused);
    if (broken.get() != null) {
      throw new AssertionError("a promise was broken", broken.get());
    }
  }

  /** Where all are refused at once, those that take long would else be the most. */
  private static void waitForAnother(Random random) {
    try {
      Pause.upToMillis(random, MOST_PAUSE_MILLIS);
    } catch (IOException interrupted) {
      // It is told again by whoever waits next.
    }
  }

  private void attackUntil(BooleanSupplier over, Random random) {
    while (!over.getAsBoolean() && broken.get() == null) {
      Attack attack = Attack.any(random);
      try {
        attack.on(pod, random);
      } catch (IOException answer) {
        // An attacker may be refused in any way; what counts is what others see.
        refused.put(attack.name(), String.valueOf(answer.getMessage()));
        waitForAnother(random);
      } catch (RuntimeException | Error failed) {
        broken.compareAndSet(null, failed);
      }
      done.computeIfAbsent(attack.name(), name -> new AtomicInteger()).incrementAndGet();
    }
  }
}
