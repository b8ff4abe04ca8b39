package io.conmonj.it.soak;

import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.proc.MonitorFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a monitor has while no session is on.
 *
 * @param children its processes
 * @param descriptors how many it has open
 * @param threads how many
 * @param residentKiB memory, shared pages included
 * @param privateKiB memory of its own
 */
record MonitorState(
    List<Long> children, int descriptors, int threads, long residentKiB, long privateKiB) {
  /** The streaming server's listening socket, the holder's copy, and two sources of tokens. */
  private static final int DESCRIPTORS_OF_FIRST_USE = 4;

  /** One that the loop keeps for work that may block. */
  private static final int THREADS_OF_FIRST_USE = 1;

  static MonitorState of(BusyboxPod pod) {
    MonitorFacts process = pod.process();
    return new MonitorState(
        process.children(),
        process.descriptors().size(),
        process.threads(),
        process.residentKiB(),
        process.privateKiB());
  }

  /** This and what is made for the first session and kept. */
  MonitorState withFirstUse() {
    return new MonitorState(
        children,
        descriptors + DESCRIPTORS_OF_FIRST_USE,
        threads + THREADS_OF_FIRST_USE,
        residentKiB,
        privateKiB);
  }

  /** Waits until everything but memory is as it was here. */
  void awaitAgain(BusyboxPod pod) {
    MonitorFacts process = pod.process();
    Await.until("no session", () -> sessions(pod) == 0);
    Await.until("the same processes, " + children, () -> process.children().equals(children));
    try {
      Await.until(
          "as many descriptors, " + descriptors, () -> process.descriptors().size() <= descriptors);
    } catch (AssertionError left) {
      throw new AssertionError(left.getMessage() + "; there are " + process.descriptors(), left);
    }
    Await.until("as many threads, " + threads, () -> process.threads() <= threads);
  }

  private static int sessions(BusyboxPod pod) {
    try {
      return Replies.await(pod.monitor().listSessions()).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "%d processes, %d descriptors, %d threads, %.1f MiB resident, %.1f MiB private"
        .formatted(
            children.size(), descriptors, threads, residentKiB / 1024.0, privateKiB / 1024.0);
  }
}
