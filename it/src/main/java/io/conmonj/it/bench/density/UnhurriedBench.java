package io.conmonj.it.bench.density;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * What {@link QuietBench} adds up, as it is: ten minutes in which each of 100 containers says a
 * line twice, five minutes apart and each at another moment, behind five minutes of the same that
 * do not count. Memory is looked at all the time, so that workers which were woken count; the
 * monitors have their default options.
 */
public final class UnhurriedBench {
  private static final int PODS = 100;
  private static final long PERIOD_NANOS = 300_000_000_000L;
  private static final int NOT_COUNTED = 1;
  private static final int COUNTED = 2;
  private static final long LOOK_EVERY_NANOS = 1_000_000_000L;
  private static final String DEFAULT_SLEEP_AFTER = "60s";

  private final QuietPods pods;
  private final List<Memory> looks = new ArrayList<>();

  private UnhurriedBench(QuietPods pods) {
    this.pods = pods;
  }

  /** Takes some 20 minutes. Arguments: how many pods; the path of conmon-rs, to measure that. */
  public static void main(String[] arguments) throws Exception {
    int count = arguments.length == 0 ? PODS : Integer.parseInt(arguments[0]);
    Scratch.in(
        directory -> {
          try (RpcNode node = node(arguments, directory)) {
            QuietPods pods = QuietPods.start(node, count);
            pods.settle();
            new UnhurriedBench(pods).measure();
          }
        });
  }

  private static RpcNode node(String[] arguments, Path directory) {
    return arguments.length > 1
        ? RpcNode.conmonRs(Path.of(arguments[1]), directory)
        : RpcNode.conmonj(directory, DEFAULT_SLEEP_AFTER);
  }

  private void measure() throws IOException {
    talk(NOT_COUNTED);
    looks.clear();
    long processor = pods.processorMillis();
    talk(COUNTED);
    double used = (pods.processorMillis() - processor) * 1e6;
    System.out.printf(
        "%s, %d pods, %d lines in ten minutes: PSS %s; private %s; %.4f %% of a core each%n",
        pods.node().name(),
        pods.count(),
        COUNTED * pods.count(),
        summary(Memory::pssMebibytes),
        summary(Memory::privateMebibytes),
        100 * used / (COUNTED * PERIOD_NANOS) / pods.count());
  }

  /** Each says a line in each period. */
  private void talk(int periods) throws IOException {
    long start = System.nanoTime();
    long end = start + periods * PERIOD_NANOS;
    int said = 0;
    for (long now = start; now < end; now = System.nanoTime()) {
      for (; said * PERIOD_NANOS < (now - start) * pods.count(); said++) {
        pods.say(pods.ids().get(said % pods.count()));
      }
      look();
      LockSupport.parkNanos(LOOK_EVERY_NANOS - (System.nanoTime() - now));
    }
  }

  private void look() throws IOException {
    while (true) {
      try {
        looks.add(pods.memory());
        return;
      } catch (UncheckedIOException aWorkerHasEnded) {
        Thread.onSpinWait();
      }
    }
  }

  private String summary(ToDoubleFunction<Memory> figure) {
    return String.format(
        "%.1f MiB, median %.1f, most %.1f",
        looks.stream().mapToDouble(figure).average().orElseThrow(),
        looks.stream()
            .mapToDouble(figure)
            .sorted()
            .skip(looks.size() / 2)
            .findFirst()
            .orElseThrow(),
        looks.stream().mapToDouble(figure).max().orElseThrow());
  }
}
