package io.conmonj.it.bench;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.model.UpgradeResult;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.echo.ExecEcho;
import io.conmonj.it.echo.ForwardEcho;
import io.conmonj.it.echo.HonestClient;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.DistributionCopy;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One upgrade after the other under load: a container that logs without end, commands that are run
 * without end, and sessions that check what they get. Prints how long the pauses were, and what was
 * lost: nothing may be.
 */
public final class UpgradeBench {
  private static final int STORMS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Numbered lines, until there is a file; then it says how many there were. */
  private static final String FLOOD =
      "i=0; while [ ! -e /stop ]; do i=$((i+1)); echo line $i; [ $((i % 500)) != 0 ] || sleep 0.01;"
          + " done; echo $i >/written";

  private final EchoPod pod;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger commands = new AtomicInteger();
  private final List<String> failures = new ArrayList<>();

  private UpgradeBench(EchoPod pod) {
    this.pod = pod;
  }

  /**
   * Prints the figures.
   *
   * @param arguments how many upgrades (200), and how many sessions of each kind (0)
   */
  public static void main(String[] arguments) throws Exception {
    int upgrades = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int sessions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    Path directory = Files.createTempDirectory("conmonj-bench-");
    boolean good;
    try (EchoPod pod = EchoPod.start(directory)) {
      good = new UpgradeBench(pod).run(directory, upgrades, sessions);
    }
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
    System.exit(good ? 0 : 1);
  }

  private boolean run(Path directory, int upgrades, int sessions) throws Exception {
    Path other = DistributionCopy.make(directory.resolve("other")).directory();
    PodContainer flood = pod.pod().container("sh", "-c", FLOOD).run();
    List<HonestClient> clients = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      clients.add(HonestClient.start(ExecEcho.start(pod)));
      clients.add(HonestClient.start(ForwardEcho.start(pod)));
    }
    List<Thread> storms = new ArrayList<>();
    for (int i = 0; i < STORMS; i++) {
      storms.add(Thread.ofPlatform().start(this::storm));
    }
    double[] pauses = new double[upgrades];
    for (int i = 0; i < upgrades; i++) {
      pauses[i] = upgrade(i % 2 == 0 ? other : Distribution.directory());
    }
    over.set(true);
    for (Thread each : storms) {
      each.join();
    }
    for (HonestClient each : clients) {
      int before = each.roundTrips();
      Await.until("more round trips", () -> roundTrips(each) > before);
      each.close();
    }
    checkLog(flood);
    print(pauses, clients.size());
    return failures.isEmpty();
  }

  private static int roundTrips(HonestClient client) {
    try {
      return client.roundTrips();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /** In milliseconds. */
  private double upgrade(Path to) throws IOException {
    UpgradeResult result = Replies.await(pod.pod().monitor().upgrade(Optional.of(to)));
    pod.pod().reconnect();
    if (result.endedSessions() > 0) {
      note(result.endedSessions() + " sessions were ended");
    }
    return result.pause().toNanos() / 1e6;
  }

  /** As a container runtime does: each call over a connection of its own. */
  private void storm() {
    try (ClientLoop loop = new ClientLoop()) {
      while (!over.get()) {
        try (Monitor monitor = Monitor.join(loop, pod.pod().options().runtimeDir())) {
          int code = commands.incrementAndGet() % 100;
          ExecSyncResult result =
              Replies.await(
                  monitor.execSync(
                      ExecSyncRequest.of(
                          pod.container().id(),
                          List.of("sh", "-c", "echo " + code + "; exit " + code),
                          PATIENCE)));
          if (result.exitCode() != code) {
            note("a command ended with " + result.exitCode() + " instead of " + code);
          }
        } catch (IOException failed) {
          note("a command failed: " + failed.getMessage());
        }
      }
    }
  }

  private void checkLog(PodContainer flood) throws IOException {
    Files.createFile(flood.root().resolve("stop"));
    Await.until("the end of the flood", flood::hasExited);
    int written = Integer.parseInt(Files.readString(flood.root().resolve("written")).strip());
    List<String> lines = CriLogFiles.lines("stdout", List.of(flood.log()));
    if (lines.size() != written) {
      note(lines.size() + " lines in the log instead of " + written);
    }
    for (int i = 0; i < Math.min(written, lines.size()); i++) {
      if (!lines.get(i).equals("line " + (i + 1))) {
        note("line " + (i + 1) + " of the log is: " + lines.get(i));
        return;
      }
    }
    System.out.println(written + " lines were logged");
  }

  private void note(String failure) {
    synchronized (failures) {
      failures.add(failure);
    }
  }

  private void print(double[] pauses, int sessions) {
    Arrays.sort(pauses);
    System.out.printf("%d commands were run, %d sessions went on%n", commands.get(), sessions);
    System.out.printf(
        "%d upgrades; pause, ms: p50 %.0f   p90 %.0f   p99 %.0f   longest %.0f%n",
        pauses.length,
        percentile(pauses, 50),
        percentile(pauses, 90),
        percentile(pauses, 99),
        pauses[pauses.length - 1]);
    synchronized (failures) {
      System.out.println(failures.isEmpty() ? "nothing was lost" : failures.size() + " failures:");
      failures.stream().limit(20).forEach(each -> System.out.println("  " + each));
    }
  }

  private static double percentile(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
