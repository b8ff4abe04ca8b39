package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.CreateArguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many launches at once. A script before the real runtime notes how many of it there are, and waits
 * as long as it is told to; creates of {@code slow-…} never end.
 */
class ManyLaunchesTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path directory;
  private Path hold;
  private Path counts;
  private ContainersFixture fixture;
  private Container container;

  @BeforeEach
  void start() throws Exception {
    RealRunc.assumeAvailable();
    hold = directory.resolve("hold");
    counts = directory.resolve("counts");
    Path running = Files.createDirectory(directory.resolve("running"));
    String script =
        """
        : >RUNNING/$$
        ls RUNNING | wc -l >>COUNTS
        case "$*" in *create*slow-*) sleep 100000;; esac
        case "$*" in *' exec '*) while [ -e HOLD ]; do sleep 0.02; done;; esac
        RUNC "$@"
        code=$?
        rm RUNNING/$$
        exit $code
        """
            .replace("RUNNING", running.toString())
            .replace("COUNTS", counts.toString())
            .replace("HOLD", hold.toString())
            .replace("RUNC", RealRunc.PROGRAM.toString());
    fixture = ContainersFixture.withScript(directory, ContainerLimits.DEFAULT, script);
    container = fixture.sleeping();
  }

  @AfterEach
  void stop() throws Exception {
    if (fixture != null) {
      Files.deleteIfExists(hold);
      fixture.close();
    }
  }

  private List<CompletableFuture<ExecSyncResult>> execs(int count, Duration timeout)
      throws Exception {
    List<CompletableFuture<ExecSyncResult>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ExecSpec spec = ContainersFixture.exec(false, false, "echo", "x" + i);
      all.add(fixture.thread.call(() -> container.execSync(spec, timeout).result()));
    }
    return all;
  }

  private CompletableFuture<Container> slowCreate(int number) throws Exception {
    CreateContainer slow =
        new CreateContainer(
            new CreateArguments(
                "slow-" + number, directory.toString(), false, List.of(), List.of()),
            false,
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return fixture.thread.call(() -> fixture.containers.create(slow));
  }

  private int mostAtOnce() throws Exception {
    int most = 0;
    for (String count : Files.readAllLines(counts)) {
      most = Math.max(most, Integer.parseInt(count.strip()));
    }
    return most;
  }

  @Test
  void aStormOfExecsCallsTheRuntimeAFewTimesAtOnceAndEachIsAnswered() throws Exception {
    List<CompletableFuture<ExecSyncResult>> all = execs(40, LONG);
    for (int i = 0; i < all.size(); i++) {
      assertThat(ContainersFixture.stdout(LoopThread.await(all.get(i)))).isEqualTo("x" + i + "\n");
    }
    assertThat(mostAtOnce()).isBetween(1, 4);
  }

  @Test
  void aProbeIsAnsweredWhileManyCreatesHang() throws Exception {
    List<CompletableFuture<Container>> creates = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      creates.add(slowCreate(i));
    }
    for (CompletableFuture<ExecSyncResult> probe : execs(10, LONG)) {
      assertThat(ContainersFixture.stdout(LoopThread.await(probe))).startsWith("x");
    }
    assertThat(mostAtOnce()).isLessThan(8);
    assertThat(creates).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void anExecThatWaitsForItsTurnBeyondItsTimeoutHasTimedOutAndIsNotRun() throws Exception {
    Files.createFile(hold);
    List<CompletableFuture<ExecSyncResult>> hanging = execs(4, Duration.ZERO);
    List<CompletableFuture<ExecSyncResult>> late = execs(10, SHORT);
    for (CompletableFuture<ExecSyncResult> each : late) {
      try (ExecSyncResult result = LoopThread.await(each)) {
        assertThat(result.timedOut()).isTrue();
        assertThat(result.exitCode()).isEqualTo(ExecSyncResult.TIMED_OUT);
        assertThat(result.stdout().isReadable()).isFalse();
      }
    }
    assertThat(hanging).noneMatch(CompletableFuture::isDone);
    Files.delete(hold);
    for (CompletableFuture<ExecSyncResult> each : hanging) {
      assertThat(ContainersFixture.stdout(LoopThread.await(each))).startsWith("x");
    }
    // The create, and those that had their turn.
    assertThat(Files.readAllLines(counts)).hasSize(1 + 4);
  }

  @Test
  void anExecThatIsCancelledWhileItWaitsForItsTurnIsNotRun() throws Exception {
    Files.createFile(hold);
    List<CompletableFuture<ExecSyncResult>> hanging = execs(4, Duration.ZERO);
    ExecSpec spec = ContainersFixture.exec(false, false, "echo", "never");
    ExecSyncRun waiting = fixture.thread.call(() -> container.execSync(spec, Duration.ZERO));
    fixture.thread.run(waiting::cancel);
    assertThatThrownBy(() -> LoopThread.await(waiting.result())).hasMessageContaining("cancelled");
    Files.delete(hold);
    for (CompletableFuture<ExecSyncResult> each : hanging) {
      assertThat(ContainersFixture.stdout(LoopThread.await(each))).startsWith("x");
    }
    // The create, and those that had their turn.
    assertThat(Files.readAllLines(counts)).hasSize(1 + 4);
  }

  @Test
  void whatWaitsForItsTurnEndsWithTheMonitor() throws Exception {
    Files.createFile(hold);
    List<CompletableFuture<ExecSyncResult>> execs = execs(10, LONG);
    CompletableFuture<Container> create = null;
    for (int i = 0; i < 6; i++) {
      create = slowCreate(i);
    }
    CompletableFuture<Container> waiting = create;
    fixture.thread.await(() -> fixture.containers.shutdown(LoopThread.PATIENCE));
    for (CompletableFuture<ExecSyncResult> each : execs) {
      assertThatThrownBy(() -> LoopThread.await(each)).hasMessageContaining("killed");
    }
    assertThatThrownBy(() -> LoopThread.await(waiting))
        .hasMessage("create: the monitor is stopping");
  }
}
