package io.conmonj.it.bench.density;

import io.conmonj.client.Monitor;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

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
  private static final long SETTLE_LIMIT_NANOS = 300_000_000_000L;

  /** For monitors that do not sleep: what they do for a line is done by then. */
  private static final long AWHILE_MILLIS = 5_000;

  /** Between lines of two containers, so that they do not wait for each other. */
  private static final long APART_MILLIS = 300;

  private static final double LINES_EACH_MILLIS = 300_000;
  private static final String SLEEP_AFTER = "1s";
  private static final byte[] LINE = "still here\n".getBytes(StandardCharsets.UTF_8);

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
      List<String> pods = quietPods(node, count);
      measure(node, pods);
      measureWaking(node, pods);
    }
  }

  private static void measureAwake(LoggingNode node, int count) throws Exception {
    try (node) {
      measure(node, quietPods(node, count));
    }
  }

  private static List<String> quietPods(LoggingNode node, int count) throws Exception {
    List<String> pods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = node.name() + "-" + ProcessHandle.current().pid() + "-" + i;
      node.prepare(id);
      node.create(id);
      node.start(id);
      pods.add(id);
    }
    return pods;
  }

  private static void measure(LoggingNode node, List<String> pods) throws Exception {
    settle(node);
    Memory memory = Memory.of(node.monitors());
    long before = processorMillis(node);
    Thread.sleep(REST_MILLIS);
    double atRest = (processorMillis(node) - before) / (double) REST_MILLIS / pods.size();
    before = processorMillis(node);
    for (String id : pods) {
      say(node.process(id));
      Thread.sleep(APART_MILLIS);
    }
    settle(node);
    double forLine = (processorMillis(node) - before) / (double) pods.size();
    System.out.printf(
        "  %-16s %5d %8.1f %8.1f  %10.4f %% %9.1f ms %10.4f %%%n",
        node.name(),
        pods.size(),
        memory.pssMebibytes(),
        memory.privateMebibytes(),
        100 * atRest,
        forLine,
        100 * (atRest + forLine / LINES_EACH_MILLIS));
  }

  /** As if the process had written it. */
  private static void say(long process) throws IOException {
    Path output = Path.of("/proc", Long.toString(process), "fd/1");
    Files.write(output, LINE, StandardOpenOption.WRITE);
  }

  private static void settle(LoggingNode node) throws Exception {
    long end = System.nanoTime() + SETTLE_LIMIT_NANOS;
    Thread.sleep(AWHILE_MILLIS);
    while (!node.isAtRest()) {
      if (System.nanoTime() > end) {
        throw new IOException("some monitors of " + node.name() + " do not come to rest");
      }
      Thread.sleep(100);
    }
  }

  private static long processorMillis(Node node) throws IOException {
    long sum = 0;
    for (long each : node.monitors()) {
      sum += new ProcessFacts(each).processorMillis();
    }
    return sum;
  }

  private static void measureWaking(RpcNode node, List<String> pods) throws Exception {
    Samples answer = new Samples();
    for (String id : pods) {
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
