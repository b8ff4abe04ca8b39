package io.conmonj.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ListedSession;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.echo.ExecEcho;
import io.conmonj.it.echo.ForwardEcho;
import io.conmonj.it.echo.HonestClient;
import io.conmonj.it.echo.Latencies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.proc.MonitorFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Two clients that go on with their round trips, and what the monitor has before an offender comes
 * and must have again when it has gone.
 */
final class HonestNeighbours implements AutoCloseable {
  private static final int SESSIONS = 2;

  /** Round trips that each makes at least beside an offender. */
  private static final int TRIPS = 200;

  /** Above what the monitor has alone, in KiB: a third of what its own bounds would let it have. */
  private static final long MORE_MEMORY = 64 * 1024;

  private final EchoPod pod;
  private final HonestClient exec;
  private final HonestClient forward;
  private List<Long> children;
  private int descriptors;
  private int threads;
  private long residentKiB;

  private HonestNeighbours(EchoPod pod, HonestClient exec, HonestClient forward) {
    this.pod = pod;
    this.exec = exec;
    this.forward = forward;
  }

  /** What the monitor has now is none of an offender's doing. */
  void takeForGranted() {
    MonitorFacts monitor = pod.pod().process();
    children = monitor.children();
    descriptors = monitor.descriptors().size();
    threads = monitor.threads();
    residentKiB = monitor.residentKiB();
  }

  static HonestNeighbours start(EchoPod pod) throws IOException {
    HonestClient exec = HonestClient.start(ExecEcho.start(pod));
    HonestClient forward = HonestClient.start(ForwardEcho.start(pod));
    awaitTrips(exec, TRIPS);
    awaitTrips(forward, TRIPS);
    HonestNeighbours neighbours = new HonestNeighbours(pod, exec, forward);
    neighbours.takeForGranted();
    return neighbours;
  }

  /** They go on while the offender is at it. How long that took is for the reader to see. */
  void goOn() throws IOException {
    goOn("exec", exec);
    goOn("port-forward", forward);
  }

  private static void goOn(String name, HonestClient client) throws IOException {
    int before = client.roundTrips();
    awaitTrips(client, before + TRIPS);
    Latencies took = client.latenciesFrom(before);
    System.out.printf(
        "%s beside it: p50 %.0f µs, p99 %.0f µs%n",
        name, took.percentileMicros(50), took.percentileMicros(99));
  }

  private static void awaitTrips(HonestClient client, int count) {
    Await.until(
        count + " round trips",
        () -> {
          try {
            return client.roundTrips() >= count;
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
  }

  /** The sessions that have a client, besides theirs. */
  List<ListedSession> offenders() {
    return sessions().stream().skip(SESSIONS).filter(ListedSession::connected).toList();
  }

  /** Nothing is left of the offender, and they still go on. */
  void areAlone() throws IOException {
    MonitorFacts monitor = pod.pod().process();
    Await.until("the list of sessions is theirs", () -> sessions().size() == SESSIONS);
    Await.until("processes as before", () -> monitor.children().equals(children));
    Await.until(
        "descriptors as before, " + descriptors, () -> monitor.descriptors().size() <= descriptors);
    Await.until("threads as before, " + threads, () -> monitor.threads() <= threads);
    goOn();
    assertThat(monitor.peakResidentKiB())
        .as("resident memory at its peak, before the offender: " + residentKiB)
        .isLessThan(residentKiB + MORE_MEMORY);
  }

  private List<ListedSession> sessions() {
    try {
      return Replies.await(pod.pod().monitor().listSessions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (exec) {
      forward.close();
    }
  }
}
