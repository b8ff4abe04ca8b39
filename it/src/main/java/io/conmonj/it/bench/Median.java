package io.conmonj.it.bench;

import java.util.Arrays;

/** What is quoted of several runs on a machine that does other things too. */
final class Median {
  private Median() {}

  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
