package io.conmonj.it.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.hostile.Offenders;
import io.conmonj.it.hostile.PairFlood;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After a load, private memory is what it was before. */
@NeedsContainers
@Timeout(300)
class MemoryGivenBackTest {
  /** In KiB: how much more the monitor may have than before. */
  private static final long MARGIN = 4 * 1024;

  /** In KiB: with less than that more, there was no load worth the name. */
  private static final long LOAD = 8 * 1024;

  /** So long that the monitor looks at its memory under load. */
  private static final Duration A_WHILE = Duration.ofSeconds(15);

  private static final int CLIENTS = 150;
  private static final int PAIRS = 200;

  /** A monitor beside it, so that pages of files that all monitors share do not count. */
  private EchoPod other;

  private EchoPod pod;
  private MonitorFacts monitor;

  @TempDir private Path directory;
  @TempDir private Path otherDirectory;

  @BeforeEach
  void start() throws Exception {
    other = EchoPod.start(otherDirectory);
    pod = EchoPod.start(directory);
    monitor = pod.pod().process();
    // The first session of each kind brings classes and compiled code that stay.
    serve(other, 2, 1, Duration.ZERO);
    serve(pod, 2, 1, Duration.ZERO);
  }

  @AfterEach
  void stop() throws IOException {
    try {
      pod.close();
    } finally {
      other.close();
    }
  }

  @Test
  void memoryOfHundredsOfStoppedClientsIsGivenBack() throws Exception {
    checkGivenBack(Duration.ZERO);
  }

  @Test
  void soIsThatOfClientsWhoStayForAWhile() throws Exception {
    checkGivenBack(A_WHILE);
  }

  private void checkGivenBack(Duration stay) throws Exception {
    Await.until("sessions ended", this::isAlone);
    long before = monitor.privateKiB();
    long during = serve(pod, CLIENTS, PAIRS, stay);
    assertThat(during).as("private KiB under load, before: " + before).isGreaterThan(before + LOAD);
    Await.until(
        "private memory is within " + MARGIN + " KiB of " + before,
        () -> monitor.privateKiB() <= before + MARGIN);
    System.out.printf(
        "private memory: %d KiB before, %d under load, %d after%n",
        before, during, monitor.privateKiB());
  }

  /**
   * Has clients who do not read run commands that write, and one that opens connections; then all
   * are cut.
   *
   * @param stay how long they are there
   * @return private memory before that, in KiB
   */
  private static long serve(EchoPod pod, int clients, int pairs, Duration stay)
      throws IOException, InterruptedException {
    List<Closeable> open = new ArrayList<>();
    try {
      for (int i = 0; i < clients; i += 2) {
        open.add(Offenders.execThatNeverReads(pod)::close);
        open.add(Offenders.spdyExecThatNeverReads(pod)::close);
      }
      PairFlood flood =
          PairFlood.start(
              SpdyPeer.open(pod.portForward(), Offenders.PORT_FORWARD), pairs, pod.echoPort());
      open.add(flood::close);
      flood.answers().join();
      Thread.sleep(stay);
      return pod.pod().process().privateKiB();
    } finally {
      for (Closeable each : open) {
        each.close();
      }
    }
  }

  private boolean isAlone() {
    return monitor.children().size() <= 1;
  }
}
