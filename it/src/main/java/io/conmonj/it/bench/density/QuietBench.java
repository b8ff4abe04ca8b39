package io.conmonj.it.bench.density;

import io.conmonj.client.Monitor;
import java.nio.file.Path;

/**
 * What 100 pods cost in each of which a container says a line every five minutes, and how long one
 * that sleeps takes to answer; with this monitor, conmon-rs where it is built, and Debian's conmon.
 *
 * <p>The five minutes are not waited for: what the monitors use while nothing happens is measured
 * for a minute, and what one line in each pod costs is measured from the line until all are at rest
 * again.
 */
public final class QuietBench {
  private static final int PODS = 100;
  private static final long REST_MILLIS = 60_000;

  /** Between lines of two containers, so that they do not wait for each other. */
  private static final long APART_MILLIS = 300;

  private static final double LINES_EACH_MILLIS = 300_000;
  private static final String SLEEP_AFTER = "1s";

  private QuietBench() {}

  /** Prints the table. Arguments: how many pods, by default 100; the path of conmon-rs. */
  public static void main(String[] arguments) throws Exception {
    int count = arguments.length == 0 ? PODS : Integer.parseInt(arguments[0]);
    System.out.println(
        "quiet pods of one container, of all monitors; processor: of one core, each");
    System.out.printf(
        "  %-16s %5s %8s %8s  %12s %12s %s%n",
        "", "pods", "PSS", "private", "at rest", "for a line", "with a line every 5 min");
    Scratch.in(directory -> measureAsleep(RpcNode.conmonj(directory, SLEEP_AFTER), count));
    if (arguments.length > 1) {
      Path program = Path.of(arguments[1]);
      Scratch.in(directory -> measureAwake(RpcNode.conmonRs(program, directory), count));
    }
    Scratch.in(directory -> measureAwake(new ConmonNode(directory), count));
  }

  private static void measureAsleep(RpcNode node, int count) throws Exception {
    try (node) {
      QuietPods pods = QuietPods.start(node, count);
      measure(pods);
      measureWaking(node, pods);
    }
  }

  private static void measureAwake(LoggingNode node, int count) throws Exception {
    try (node) {
      measure(QuietPods.start(node, count));
    }
  }

  private static void measure(QuietPods pods) throws Exception {
    pods.settle();
    Memory memory = pods.memory();
    long before = pods.processorMillis();
    Thread.sleep(REST_MILLIS);
    double atRest = (pods.processorMillis() - before) / (double) REST_MILLIS / pods.count();
    before = pods.processorMillis();
    for (String id : pods.ids()) {
      pods.say(id);
      Thread.sleep(APART_MILLIS);
    }
    pods.settle();
    double forLine = (pods.processorMillis() - before) / (double) pods.count();
    System.out.printf(
        "  %-16s %5d %8.1f %8.1f  %10.4f %% %9.1f ms %10.4f %%%n",
        pods.node().name(),
        pods.count(),
        memory.pssMebibytes(),
        memory.privateMebibytes(),
        100 * atRest,
        forLine,
        100 * (atRest + forLine / LINES_EACH_MILLIS));
  }

  private static void measureWaking(RpcNode node, QuietPods pods) throws Exception {
    Samples answer = new Samples();
    for (String id : pods.ids()) {
      answer.time(each -> Monitor.join(node.loop(), node.directory(each)).close(), id);
      settleOne();
    }
    System.out.printf("  asleep to first answer, ms: p50 p95 p99 %s%n", answer.summary());
  }

  /** The one before is about to sleep, and ends. */
  private static void settleOne() throws InterruptedException {
    Thread.sleep(1_500);
  }
}
