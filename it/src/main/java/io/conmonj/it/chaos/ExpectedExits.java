package io.conmonj.it.chaos;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Containers that end by themselves, with the code that each has to have in its exit file. */
final class ExpectedExits {
  private final Queue<ExpectedExit> exits = new ConcurrentLinkedQueue<>();
  private final Queue<PodContainer> undecided = new ConcurrentLinkedQueue<>();

  /**
   * Creates one.
   *
   * @param code its exit code, and how many lines it writes, each with its number
   */
  void create(PodContainer container, int code) throws IOException {
    ExpectedExit exit = new ExpectedExit(container, code, code);
    exit.create(same -> same);
    exits.add(exit);
  }

  /** The call that was to create it failed, and nobody knows how far it had come. */
  void undecided(PodContainer container) {
    undecided.add(container);
  }

  /** How many. */
  int count() {
    return exits.size();
  }

  /** Each has the right exit file and every line in its log, and was cleaned up after once. */
  void check(BusyboxPod pod) throws IOException {
    for (ExpectedExit each : exits) {
      PodContainer container = each.container();
      Await.until("exit of " + container.id() + " is recorded", container::hasExited);
      each.check();
      Await.until("cleanup of " + container.id(), each::isTold);
      each.checkCleanedOnce();
      pod.runc().delete(container.id());
    }
    for (PodContainer each : undecided) {
      pod.runc().delete(each.id());
    }
  }
}
