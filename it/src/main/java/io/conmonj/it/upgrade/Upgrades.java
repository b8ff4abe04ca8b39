package io.conmonj.it.upgrade;

import io.conmonj.client.MonitorException;
import io.conmonj.client.metrics.MetricsSocket;
import io.conmonj.client.model.UpgradeResult;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.DistributionCopy;
import io.conmonj.it.pod.EchoPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Upgrades a monitor again and again, under load, and looks whether anything was lost: a byte of a
 * log or a session, a session, the order of anything.
 */
public final class Upgrades {
  /** Of each kind of session over each protocol: 52 sessions, beside terminals and transfers. */
  private static final int OF_EACH = 2;

  /** Each may take half a minute. */
  private static final int MOST_REFUSALS = 10;

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final EchoPod pod;
  private final Path other;
  private final Random random;
  private final Faults faults = new Faults();
  private final UpgradeTimes times = new UpgradeTimes();

  /** Why the monitor went on as it was, for each time it did. */
  private final List<String> refusals = new ArrayList<>();

  private Upgrades(EchoPod pod, Path other, long seed) {
    this.pod = pod;
    this.other = other;
    this.random = new Random(seed);
  }

  /** How many, and the seed; without it a new one. */
  public static void main(String[] arguments) throws Exception {
    int upgrades = Integer.parseInt(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    Path directory = Files.createTempDirectory("conmonj-upgrades-");
    run(directory, upgrades, OF_EACH, seed);
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  /**
   * Runs them, and prints the figures.
   *
   * @param directory for all files
   * @param ofEach how many sessions of each kind over each protocol
   * @param seed what is done follows from it; how that meets is up to the machine
   * @throws AssertionError when anything was lost
   */
  public static void run(Path directory, int upgrades, int ofEach, long seed) throws IOException {
    System.out.printf("upgrades: %d, seed %d%n", upgrades, seed);
    Path other = DistributionCopy.make(directory.resolve("other")).directory();
    try (EchoPod pod = EchoPod.start(directory)) {
      new Upgrades(pod, other, seed).run(upgrades, ofEach);
    }
  }

  private void run(int upgrades, int ofEach) throws IOException {
    try (Conversations conversations = Conversations.start(pod, ofEach, random.nextLong(), faults);
        Typists typists = Typists.start(pod.pod(), random.nextLong(), faults);
        Transfers transfers = Transfers.start(pod, random.nextLong(), faults);
        LogFlood flood = LogFlood.start(pod.pod(), faults);
        Callers callers = new Callers(pod.pod().options().runtimeDir());
        ExecStorm storm = ExecStorm.start(pod, callers, faults);
        ShortSessions shorts = new ShortSessions(pod, callers)) {
      int sessions = conversations.count() + typists.count() + transfers.count();
      SessionTable before = SessionTable.await(pod.pod(), sessions);
      shorts.start(random.nextLong(), faults);
      System.out.print(before.byProtocol());
      while (times.count() < upgrades && faults.isNone()) {
        LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
        upgrade(times.count() % 2 == 0 ? other : Distribution.directory(), callers);
      }
      before.compare(SessionTable.of(pod.pod()), faults);
      checkCounts();
      List<String> report = new ArrayList<>();
      report.add(
          "upgrades " + times.count() + ", pauses, ms: " + UpgradeTimes.words(times.pauses()));
      report.add("from call to answer, ms: " + UpgradeTimes.words(times.durations()));
      if (!refusals.isEmpty()) {
        report.add("refused, the monitor went on as it was: " + refusals);
      }
      if (!faults.isNone()) {
        report.forEach(each -> System.out.println("  " + each));
      }
      faults.check();
      for (Load each : List.of(storm, shorts, flood, transfers, typists, conversations)) {
        report.add(each.end());
      }
      if (callers.late() > 0) {
        report.add(callers.late() + " times a caller had no answer in 10 s, and called again");
      }
      report.add(
          "of each upgrade the longest from a key to its echo, ms: "
              + UpgradeTimes.words(times.longestAcross(typists.echoes())));
      report.forEach(each -> System.out.println("  " + each));
    }
    faults.check();
    System.out.println("  nothing was lost");
  }

  private void upgrade(Path to, Callers callers) throws IOException {
    BusyboxPod monitor = pod.pod();
    long begin = System.nanoTime();
    try {
      UpgradeResult result = Replies.await(monitor.monitor().upgrade(Optional.of(to)));
      times.add(begin, System.nanoTime(), result.pause().toNanos());
      if (result.endedSessions() > 0) {
        faults.add("upgrade " + times.count() + " ended " + result.endedSessions() + " sessions");
      }
    } catch (MonitorException refused) {
      // A machine that is too busy for it: nobody may notice that either.
      refusals.add(refused.getMessage());
      if (refusals.size() > MOST_REFUSALS) {
        faults.add("upgrades were refused: " + refusals);
      }
    }
    callers.reconnect(monitor);
  }

  /** By the monitor's own account. */
  private void checkCounts() throws IOException {
    String metrics =
        Replies.await(MetricsSocket.read(pod.pod().loop(), pod.pod().monitor().runtimeDir()));
    for (String each :
        List.of(
            "conmonj_upgrades_total " + times.count(),
            "conmonj_upgrade_failures_total " + refusals.size(),
            "conmonj_worker_crashes_total 0")) {
      if (metrics.lines().noneMatch(each::equals)) {
        faults.add("the metrics have no line " + each);
      }
    }
  }
}
