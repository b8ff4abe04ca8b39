package io.conmonj.it.soak;

import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A number of sessions in rounds, on one monitor, which has nothing of them left after each. */
public final class Soak {
  private static final int ROUNDS = 5;
  private static final int AT_ONCE = 16;
  private static final int MAX_TOKENS = 1000;

  private final SoakPod pod;
  private final Random random;
  private int number;
  private int commands;

  private Soak(SoakPod pod, long seed) {
    this.pod = pod;
    this.random = new Random(seed);
  }

  /** How many sessions, and the seed; without it a new one. */
  public static void main(String[] arguments) throws Exception {
    int sessions = Integer.parseInt(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    Path directory = Files.createTempDirectory("conmonj-soak-");
    run(directory, sessions, seed);
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  /**
   * Runs it, and prints what the monitor has after each round.
   *
   * @return how much more private memory the last round left than the first, in KiB
   * @throws AssertionError when something is left
   * @throws IOException when a session did not get what it had to
   */
  public static long run(Path directory, int sessions, long seed) throws Exception {
    System.out.printf("soak: %d sessions, seed %d%n", sessions, seed);
    try (SoakPod pod = SoakPod.start(directory)) {
      Soak soak = new Soak(pod, seed);
      long grown = soak.rounds(sessions);
      soak.noTokenIsLeft();
      return grown;
    }
  }

  private long rounds(int sessions) throws Exception {
    MonitorState unused = MonitorState.of(pod.pod());
    round(AT_ONCE * 4);
    unused.withFirstUse().awaitAgain(pod.pod());
    MonitorState before = MonitorState.of(pod.pod());
    System.out.println("  before:   " + before);
    long first = 0;
    long last = 0;
    for (int i = 1; i <= ROUNDS; i++) {
      long start = System.nanoTime();
      round(sessions / ROUNDS);
      double seconds = (System.nanoTime() - start) / 1e9;
      before.awaitAgain(pod.pod());
      MonitorState after = MonitorState.of(pod.pod());
      System.out.printf("  round %d:  %s, %.0f s%n", i, after, seconds);
      last = after.privateKiB();
      first = i == 1 ? last : first;
    }
    System.out.printf("  %d sessions, of them %d commands%n", number, commands);
    noProcessIsLeft();
    return last - first;
  }

  private void round(int sessions) throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        Plan plan = Plan.any(++number, random);
        commands += plan.runsCommand() ? 1 : 0;
        running.add(clients.submit(() -> run(plan)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause().getMessage(), failed);
    }
  }

  private Void run(Plan plan) throws IOException {
    try {
      new SoakSession(pod, plan).run();
      return null;
    } catch (IOException failed) {
      throw new IOException(plan + ": " + failed, failed);
    }
  }

  private void noProcessIsLeft() throws IOException {
    for (PodContainer container : pod.containers()) {
      String processes = container.execSync("busybox", "ps", "-o", "args").stdout().strip();
      // Its own, ps, and a line of headings.
      if (processes.lines().count() > 3) {
        throw new AssertionError("left in container " + container.id() + ":\n" + processes);
      }
    }
  }

  /** So many URLs can be had as if none had ever been made, and not one more. */
  private void noTokenIsLeft() {
    int[] made = {0};
    Await.until(
        "no URL of the soak is still good",
        () -> {
          while (made[0] < MAX_TOKENS && makeUrl()) {
            made[0]++;
          }
          return made[0] == MAX_TOKENS;
        });
    if (makeUrl()) {
      throw new AssertionError("there are more than " + MAX_TOKENS + " URLs at once");
    }
  }

  private boolean makeUrl() {
    try {
      Replies.await(
          pod.pod()
              .monitor()
              .servePortForward(ServePortForwardRequest.of(pod.containers()[0].id())));
      return true;
    } catch (MonitorException full) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
