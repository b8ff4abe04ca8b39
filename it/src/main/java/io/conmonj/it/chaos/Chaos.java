package io.conmonj.it.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Attacks a pod for a while, a few at a time, and looks whether it has kept its promises. */
public final class Chaos {
  private static final int AT_ONCE = 6;

  private final ChaosPod pod;
  private final ConcurrentMap<String, AtomicInteger> done = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> refused = new ConcurrentHashMap<>();

  /** The first; those after it may be no more than its consequences. */
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  private Chaos(ChaosPod pod) {
    this.pod = pod;
  }

  /** How many minutes, and the seed; without it a new one. */
  public static void main(String[] arguments) throws Exception {
    long minutes = Long.parseLong(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    Path directory = Files.createTempDirectory("conmonj-chaos-");
    run(directory, Duration.ofMinutes(minutes), seed);
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  /**
   * Runs it.
   *
   * @param directory for all its files; nothing of it is mounted any more afterwards
   * @param seed each attacker's choices follow from it; how they meet is up to the machine
   * @throws AssertionError when a promise was broken
   */
  public static void run(Path directory, Duration time, long seed) throws Exception {
    System.out.printf("chaos: %d s, seed %d%n", time.toSeconds(), seed);
    try (ChaosPod pod = ChaosPod.start(directory)) {
      Chaos chaos = new Chaos(pod);
      long end = System.nanoTime() + time.toNanos();
      try (Witness witness = Witness.start(pod)) {
        chaos.attackUntil(end, seed);
        System.out.println("  attacks: " + chaos.done);
        System.out.println("  refused, the latest of each: " + chaos.refused);
        pod.calmDown();
        System.out.println("  " + witness.report());
      }
      pod.checkAll();
    }
    new Remains(directory).areNone();
  }

  private void attackUntil(long end, long seed) throws InterruptedException {
    List<Thread> attackers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Random random = new Random(seed + i);
      attackers.add(
          Thread.ofPlatform().name("attacker-" + i).start(() -> attackUntil(end, random)));
    }
    for (Thread each : attackers) {
      each.join();
    }
    if (broken.get() != null) {
      throw new AssertionError("a promise was broken", broken.get());
    }
  }

  private void attackUntil(long end, Random random) {
    while (System.nanoTime() < end && broken.get() == null) {
      Attack attack = Attack.any(random);
      try {
        attack.on(pod, random);
      } catch (IOException answer) {
        // An attacker may be refused in any way; what counts is what others see.
        refused.put(attack.name(), String.valueOf(answer.getMessage()));
      } catch (RuntimeException | Error failed) {
        broken.compareAndSet(null, failed);
      }
      done.computeIfAbsent(attack.name(), name -> new AtomicInteger()).incrementAndGet();
    }
  }
}
