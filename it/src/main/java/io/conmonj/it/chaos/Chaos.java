package io.conmonj.it.chaos;

import io.conmonj.it.pod.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Attacks a pod for a while, a few at a time, and looks whether it has kept its promises. */
public final class Chaos {
  private Chaos() {}

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
    try (ChaosPod pod = ChaosPod.start(Distribution.program("conmonj"), directory)) {
      long end = System.nanoTime() + time.toNanos();
      try (Witness witness = Witness.start(pod)) {
        Attackers attackers = new Attackers(pod, seed);
        attackers.start(() -> System.nanoTime() >= end);
        attackers.join();
        int witnesses = 1;
        pod.calmDown(witnesses);
        System.out.println("  " + witness.report());
      }
      pod.checkAll();
    }
    new Remains(directory).areNone();
  }
}
