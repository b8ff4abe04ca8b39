package io.conmonj.it.bench.density;

import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What 1, 20 and 100 pods of one quiet container each cost: memory of their monitors as the kernel
 * counts it, and how long each step of a pod's life takes; with this monitor, Debian's conmon and
 * containerd's shim in turn.
 */
public final class DensityBench {
  private static final List<Integer> COUNTS = List.of(1, 20, 100);

  /** So many runs of each step at least, or a percentile would be that of a handful. */
  private static final int EXECS = 50;

  /** Memory that is given back after a start has been given back by then. */
  private static final long REST_MILLIS = 5_000;

  private DensityBench() {}

  /** Prints the table. Arguments: how many pods, by default 1, 20 and 100. */
  public static void main(String[] arguments) throws Exception {
    List<Integer> counts =
        arguments.length == 0 ? COUNTS : List.of(arguments).stream().map(Integer::valueOf).toList();
    System.out.println("pods of one container; MiB of all monitors; ms: p50 p95 p99");
    System.out.printf(
        "  %-16s %5s %8s %8s  %-15s %-15s %-15s %s%n",
        "", "pods", "PSS", "private", "create", "start", "exec-sync", "stop");
    // The first of all measures our own Java and the disk.
    inDirectory(directory -> measure(ConmonjNode::new, directory, 1));
    for (int count : counts) {
      for (Maker maker : List.<Maker>of(ConmonjNode::new, ConmonNode::new, ShimNode::new)) {
        inDirectory(directory -> System.out.println(measure(maker, directory, count)));
      }
    }
  }

  /** Makes a node with its files in a directory. */
  @FunctionalInterface
  private interface Maker {
    Node in(Path directory) throws IOException;
  }

  /** What is done in a directory that is made for it. */
  @FunctionalInterface
  private interface Work {
    void in(Path directory) throws Exception;
  }

  private static void inDirectory(Work work) throws Exception {
    Path directory = Files.createTempDirectory("density-");
    try {
      work.in(directory);
    } finally {
      Command.run(List.of("rm", "-rf", directory.toString()));
    }
  }

  private static String measure(Maker maker, Path directory, int count) throws Exception {
    Samples create = new Samples();
    Samples start = new Samples();
    Samples exec = new Samples();
    Samples stop = new Samples();
    try (Node node = maker.in(directory)) {
      List<String> pods = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = "density-" + ProcessHandle.current().pid() + "-" + i;
        node.prepare(id);
        pods.add(id);
      }
      for (String id : pods) {
        create.time(node::create, id);
        start.time(node::start, id);
      }
      Thread.sleep(REST_MILLIS);
      Memory memory = Memory.of(node.monitors());
      for (int i = 0; i < Math.max(count, EXECS); i++) {
        exec.time(node::exec, pods.get(i % count));
      }
      for (String id : pods) {
        stop.time(node::stop, id);
      }
      return "  %-16s %5d %8.1f %8.1f  %-15s %-15s %-15s %s"
          .formatted(
              node.name(),
              count,
              memory.pssMebibytes,
              memory.privateMebibytes,
              create.summary(),
              start.summary(),
              exec.summary(),
              stop.summary());
    }
  }

  private record Memory(double pssMebibytes, double privateMebibytes) {
    static Memory of(List<Long> processes) {
      double pss = 0;
      double own = 0;
      for (long pid : processes) {
        ProcessFacts facts = new ProcessFacts(pid);
        pss += facts.proportionalKiB() / 1024.0;
        own += facts.privateKiB() / 1024.0;
      }
      return new Memory(pss, own);
    }
  }
}
