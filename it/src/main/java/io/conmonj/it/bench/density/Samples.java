package io.conmonj.it.bench.density;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long one kind of step took, each time. */
final class Samples {
  private final List<Double> millis = new ArrayList<>();

  /** A step of a {@link Node}. */
  @FunctionalInterface
  interface Step {
    void run(String id) throws IOException;
  }

  void time(Step step, String id) throws IOException {
    long begun = System.nanoTime();
    step.run(id);
    millis.add((System.nanoTime() - begun) / 1e6);
  }

  /** The median and the 95th and 99th percentiles in milliseconds. */
  String summary() {
    Collections.sort(millis);
    return "%4.0f %4.0f %4.0f".formatted(percentile(50), percentile(95), percentile(99));
  }

  private double percentile(int percent) {
    int rank = (int) Math.ceil(millis.size() * percent / 100.0);
    return millis.get(Math.max(rank, 1) - 1);
  }
}
