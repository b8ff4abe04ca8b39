package io.conmonj.it.bench;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorOptions;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures what one idle monitor costs: the time from its launcher's start to its first RPC answer,
 * and memory as the kernel counts it while other monitors run beside it, as on a node.
 */
public final class IdleMonitorBench {
  private static final int SIBLINGS = 4;

  private static final int RUNS = 10;

  /** Starts that are not counted: the first ones measure our own Java and the disk. */
  private static final int WARM_UP = 3;

  private final ClientLoop loop = new ClientLoop();
  private final Path launcher;
  private final Path work;
  private int started;

  private IdleMonitorBench(Path launcher, Path work) {
    this.launcher = launcher;
    this.work = work;
  }

  /** Prints the figures. Argument: how many runs, by default 10. */
  public static void main(String[] arguments) throws Exception {
    // Pages of files that were written just now would count as their readers' own.
    new ProcessBuilder("sync").start().waitFor();
    Path work = Files.createTempDirectory("conmonj-bench-");
    try {
      new IdleMonitorBench(Distribution.program("conmonj"), work)
          .run(arguments.length == 0 ? RUNS : Integer.parseInt(arguments[0]));
    } finally {
      try (Stream<Path> left = Files.walk(work)) {
        left.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
      }
    }
  }

  private void run(int runs) throws Exception {
    List<Monitor> siblings = new ArrayList<>();
    for (int i = 0; i < SIBLINGS; i++) {
      siblings.add(start());
    }
    double[] answer = new double[runs];
    double[] cpu = new double[runs];
    double[] rss = new double[runs];
    double[] pss = new double[runs];
    double[] own = new double[runs];
    for (int i = -WARM_UP; i < runs; i++) {
      long before = System.nanoTime();
      Monitor monitor = start();
      double millis = (System.nanoTime() - before) / 1e6;
      if (i >= 0) {
        answer[i] = millis;
        cpu[i] = cpuMillis(monitor);
        rss[i] = mebibytes(monitor, "Rss:");
        pss[i] = mebibytes(monitor, "Pss:");
        own[i] = mebibytes(monitor, "Private_");
      }
      end(monitor);
    }
    for (Monitor sibling : siblings) {
      end(sibling);
    }
    System.out.printf("one idle monitor, median of %d, with %d others running%n", runs, SIBLINGS);
    System.out.printf("  launcher's start to first RPC answer  %5.0f ms%n", Median.of(answer));
    System.out.printf("  of that, CPU time of the monitor      %5.0f ms%n", Median.of(cpu));
    System.out.printf("  RSS                                   %5.1f MiB%n", Median.of(rss));
    System.out.printf("  PSS                                   %5.1f MiB%n", Median.of(pss));
    System.out.printf("  private                               %5.1f MiB%n", Median.of(own));
    loop.close();
  }

  private Monitor start() throws IOException {
    Path directory = work.resolve("run" + started++);
    return Monitor.start(loop, MonitorOptions.of(launcher, Path.of("/bin/true"), directory));
  }

  private static void end(Monitor monitor) throws Exception {
    ProcessHandle process = ProcessHandle.of(monitor.processId()).orElseThrow();
    monitor.close();
    process.destroy();
    process.onExit().get();
  }

  // The first number of a thread's schedstat is the nanoseconds it has run.
  private static double cpuMillis(Monitor monitor) throws IOException {
    double sum = 0;
    for (ProcessFacts process : new MonitorFacts(monitor.processId()).all()) {
      Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
      try (Stream<Path> each = Files.list(threads)) {
        for (Path thread : each.toList()) {
          String numbers = Files.readString(thread.resolve("schedstat"));
          sum += Double.parseDouble(numbers.substring(0, numbers.indexOf(' ')));
        }
      }
    }
    return sum / 1e6;
  }

  private static double mebibytes(Monitor monitor, String key) throws IOException {
    double sum = 0;
    for (ProcessFacts process : new MonitorFacts(monitor.processId()).all()) {
      Path rollup = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
      for (String line : Files.readAllLines(rollup)) {
        if (line.startsWith(key)) {
          sum += Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
        }
      }
    }
    return sum;
  }
}
