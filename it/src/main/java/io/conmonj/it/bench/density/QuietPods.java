package io.conmonj.it.bench.density;

import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods whose only container does nothing, but that it says a line when it is told to.
 *
 * @param ids their containers
 */
record QuietPods(LoggingNode node, List<String> ids) {
  private static final long SETTLE_LIMIT_NANOS = 300_000_000_000L;

  /** For monitors that do not sleep: what they do for a line is done by then. */
  private static final long AWHILE_MILLIS = 5_000;

  private static final byte[] LINE = "still here\n".getBytes(StandardCharsets.UTF_8);

  static QuietPods start(LoggingNode node, int count) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = node.name() + "-" + ProcessHandle.current().pid() + "-" + i;
      node.prepare(id);
      node.create(id);
      node.start(id);
      ids.add(id);
    }
    return new QuietPods(node, ids);
  }

  int count() {
    return ids.size();
  }

  /** A line, as if the container's process had written it. */
  void say(String id) throws IOException {
    Path output = Path.of("/proc", Long.toString(node.process(id)), "fd/1");
    Files.write(output, LINE, StandardOpenOption.WRITE);
  }

  /** Waits until all have come to rest. */
  void settle() throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLE_LIMIT_NANOS;
    Thread.sleep(AWHILE_MILLIS);
    while (!node.isAtRest()) {
      if (System.nanoTime() > end) {
        throw new IOException("some monitors of " + node.name() + " do not come to rest");
      }
      Thread.sleep(100);
    }
  }

  /** Of all monitors. */
  Memory memory() throws IOException {
    return Memory.of(node.monitors());
  }

  /** What all monitors have used, their workers of former times included. */
  long processorMillis() throws IOException {
    long sum = 0;
    for (long each : node.monitors()) {
      sum += new ProcessFacts(each).processorMillis();
    }
    return sum;
  }
}
