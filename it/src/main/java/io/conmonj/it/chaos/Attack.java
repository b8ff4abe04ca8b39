package io.conmonj.it.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * One thing done to a pod.
 *
 * @param name for reports
 * @param share how often it is chosen, among all shares
 * @param deed it
 */
record Attack(String name, int share, Deed deed) {
  /** What is done. */
  @FunctionalInterface
  interface Deed {
    /**
     * Does it, and takes back what would last.
     *
     * @throws IOException when it was refused
     */
    void on(ChaosPod pod, Random random) throws IOException;
  }

  private static final List<Attack> ALL =
      List.of(
          new Attack("exec that never reads", 8, ClientAttacks::execThatNeverReads),
          new Attack("SPDY exec that never reads", 5, ClientAttacks::spdyExecThatNeverReads),
          new Attack("viewer that never reads", 8, ClientAttacks::viewerThatNeverReads),
          new Attack("typist that never reads", 5, ClientAttacks::typistThatNeverReads),
          new Attack("half a request", 10, ClientAttacks::halfRequests),
          new Attack("nonsense for frames", 10, ClientAttacks::nonsense),
          new Attack("half-opened pairs", 6, ClientAttacks::halfOpenedPairs),
          new Attack("pairs that are reset", 6, ClientAttacks::abortedPairs),
          new Attack("aborted exec", 8, ClientAttacks::abortedExec),
          new Attack("storm of execs", 3, ClientAttacks::execStorm),
          new Attack("log rotated", 12, HostAttacks::rotateLog),
          new Attack("disk of the logs full", 2, HostAttacks::fillDisk),
          new Attack("monitor stopped", 2, HostAttacks::stopMonitor),
          new Attack("runtime stopped", 3, HostAttacks::stopRuntime),
          new Attack("few descriptors", 2, HostAttacks::fewDescriptors),
          new Attack("container that dies", 5, HostAttacks::dyingContainer));

  private static final int SUM = ALL.stream().mapToInt(Attack::share).sum();

  static Attack any(Random random) {
    int at = random.nextInt(SUM);
    for (Attack each : ALL) {
      at -= each.share;
      if (at < 0) {
        return each;
      }
    }
    throw new IllegalStateException("shares that are no sum");
  }

  void on(ChaosPod pod, Random random) throws IOException {
    deed.on(pod, random);
  }
}
