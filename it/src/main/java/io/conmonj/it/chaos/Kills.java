package io.conmonj.it.chaos;

import io.conmonj.it.pod.DistributionCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Kills a monitor's worker at random points while its pod is attacked, and looks whether containers
 * have noticed anything, and whether each line and each exit code is where it belongs.
 */
public final class Kills {
  /** Added to the seed: those of the attackers are the first few. */
  private static final int OF_EXITS = 100;

  private static final int OF_CALLS = 101;

  private Kills() {}

  /** How many, and the seed; without it a new one. */
  public static void main(String[] arguments) throws Exception {
    int kills = Integer.parseInt(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    Path directory = Files.createTempDirectory("conmonj-kills-");
    run(directory, kills, seed);
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  /**
   * Runs it.
   *
   * @param directory for all its files; nothing of it is mounted any more afterwards
   * @param seed what is done, and when, follows from it; how that meets is up to the machine
   * @throws AssertionError when a promise was broken
   */
  public static void run(Path directory, int kills, long seed) throws Exception {
    System.out.printf("kills: %d, seed %d%n", kills, seed);
    // A holder that starts the next worker at once, however many have died.
    Path launcher =
        DistributionCopy.make(directory.resolve("distribution"))
            .withHolder("-DCRASH_WINDOW=MILLISECOND")
            .launcher();
    try (ChaosPod pod = ChaosPod.start(launcher, directory);
        Mortals mortals =
            new Mortals(pod.pod(), pod.quiet(), directory.resolve("exits"), seed + OF_EXITS)) {
      List<Talker> talkers = new ArrayList<>();
      for (Talker.Kind each : Talker.Kind.values()) {
        talkers.add(Talker.start(pod.pod(), each));
      }
      CutCalls calls = new CutCalls(pod.pod(), pod.quiet().id(), seed + OF_CALLS);
      attack(pod, new WorkerKills(pod.pod(), talkers, mortals, calls, kills, seed), seed);
      System.out.println("  " + mortals.check());
      System.out.println("  " + calls.check());
      int witnesses = 0;
      pod.calmDown(witnesses);
      check(talkers);
      for (Talker each : talkers) {
        each.close();
        pod.pod().runc().delete(each.container().id());
      }
      pod.checkAll();
    }
    new Remains(directory).areNone();
  }

  private static void attack(ChaosPod pod, WorkerKills kills, long seed) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Attackers attackers = new Attackers(pod, seed);
    attackers.start(over::get);
    try {
      while (!kills.areOver() && !attackers.haveBroken()) {
        kills.kill();
      }
    } finally {
      over.set(true);
      attackers.join();
    }
    System.out.println("  " + kills.report());
  }

  private static void check(List<Talker> talkers) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Talker each : talkers) {
      NumberedLines lines = each.end();
      System.out.println("  " + each.container().id() + ": " + lines);
      if (!lines.areAllThere()) {
        faults.add(each.container().id() + ": " + lines);
      }
    }
    if (!faults.isEmpty()) {
      throw new AssertionError(String.join("; ", faults));
    }
  }
}
