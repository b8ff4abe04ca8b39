package io.conmonj.it.bench.density;

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
    Scratch.in(directory -> measure(RpcNode::conmonj, directory, 1));
    for (int count : counts) {
      for (Node.Maker maker :
          List.<Node.Maker>of(RpcNode::conmonj, ConmonNode::new, ShimNode::new)) {
        Scratch.in(directory -> System.out.println(measure(maker, directory, count)));
      }
    }
  }

  private static String measure(Node.Maker maker, Path directory, int count) throws Exception {
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
              memory.pssMebibytes(),
              memory.privateMebibytes(),
              create.summary(),
              start.summary(),
              exec.summary(),
              stop.summary());
    }
  }
}
