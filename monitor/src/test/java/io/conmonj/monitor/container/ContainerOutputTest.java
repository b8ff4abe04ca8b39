package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogPosition;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.RuntimeLimits;
import io.conmonj.monitor.stdio.DrainLimits;
import io.conmonj.monitor.stdio.Subscription;
import io.conmonj.monitor.stdio.Viewer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContainerOutputTest extends WithContainers {
  private static final Duration SHORT = Duration.ofMillis(200);

  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
  }

  /** Gives up a log that takes nothing after a short while. */
  private void startAnewWithoutPatience() throws Exception {
    fixture.close();
    DrainLimits drain = new DrainLimits(Duration.ofSeconds(1), LoopThread.PATIENCE, SHORT);
    fixture =
        ContainersFixture.withRunc(
            directory,
            new ContainerLimits(
                RuntimeLimits.DEFAULT,
                Duration.ofSeconds(2),
                drain,
                drain,
                SHORT,
                LoopThread.PATIENCE,
                LoopThread.PATIENCE,
                Duration.ZERO));
  }

  private CreateContainer spec(List<LogOpener> more, String... command) throws Exception {
    CreateContainer spec = fixture.spec(false, false, command);
    return ContainerDraft.like(spec).logs(more.isEmpty() ? spec.logs() : more).create();
  }

  @Test
  void aViewerThatReadsNothingIsCutOffWhileAnotherAndTheLogHaveEverything() throws Exception {
    Container container = fixture.create(spec(List.of(), "seq", "1", "200000"));
    Viewer stuck = new Viewer();
    Viewer fine = new Viewer();
    fixture.thread.run(
        () -> {
          Subscription never = container.follow(stuck, 100_000, 0);
          assertThat(never).isNotNull();
          container.follow(fine, 100_000, 0).resume();
        });
    fixture.runc.run("start", container.id());
    assertThat(LoopThread.await(stuck.missed())).isGreaterThan(100_000 - 64 * 1024);
    assertThat(fixture.exit(container)).isZero();
    LoopThread.await(fine.end());
    assertThat(fine.seen()).startsWith("1\n2\n").endsWith("\n200000\n");
    assertThat(fine.seen().length()).isEqualTo(1_288_895);
    assertThat(stuck.seen()).isEmpty();
    assertThat(stuck.end()).isNotDone();
    long whole = 0;
    for (String line : Files.readAllLines(fixture.path(container.id(), "log"))) {
      whole += line.contains(" F ") ? 1 : 0;
    }
    assertThat(whole).isEqualTo(200_000);
  }

  @Test
  void aLateViewerGetsTheLatestOutputFirst() throws Exception {
    Container container =
        fixture.run(spec(List.of(), "sh", "-c", "echo first; echo last; exec sleep 100000"));
    while (!Files.readString(fixture.path(container.id(), "log")).contains("last\n")) {
      fixture.thread.run(() -> {});
    }
    Viewer late = new Viewer();
    fixture.thread.run(() -> container.follow(late, 1000, 6).resume());
    assertThat(late.seen()).isEqualTo("\nlast\n");
    fixture.thread.run(container::kill);
    fixture.exit(container);
    LoopThread.await(late.end());
  }

  @Test
  void aLogThatFallsBehindHoldsTheContainerBackAndLosesNothing() throws Exception {
    SlowLog log = new SlowLog(false);
    LogOpener opener = () -> CompletableFuture.completedFuture(log);
    Container container = fixture.run(spec(List.of(opener), "seq", "1", "100000"));
    while (fixture.thread.call(log::writes) == 0) {
      Thread.onSpinWait();
    }
    for (int turn = 0; turn < 200; turn++) {
      fixture.thread.run(() -> {});
    }
    assertThat(fixture.thread.call(log::writes)).isOne();
    ContainerState state = fixture.thread.call(() -> container.state());
    assertThat(state).isEqualTo(new ContainerState.Running());
    fixture.thread.run(log::letGo);
    assertThat(fixture.exit(container)).isZero();
    assertThat(log.text()).endsWith("\n100000\n").hasSize(588_895);
  }

  @Test
  void aLogThatNeverTakesAnythingDoesNotKeepTheExitFromBeingRecordedForEver() throws Exception {
    startAnewWithoutPatience();
    SlowLog log = new SlowLog(true);
    LogOpener opener = () -> CompletableFuture.completedFuture(log);
    Container container =
        fixture.run(spec(List.of(opener), "sh", "-c", "echo one; echo two; exit 4"));
    assertThat(fixture.exit(container)).isEqualTo(4);
    assertThat(Files.readString(fixture.path(container.id(), "exit"))).isEqualTo("4");
    // With the first write it may have had both lines.
    assertThat(lost()).isEqualTo("one\ntwo\n".length() - log.text().length());
  }

  @Test
  void whatALogThatIsNeverOpenedDidNotTakeIsCounted() throws Exception {
    startAnewWithoutPatience();
    LogOpener opener = () -> CompletableFuture.completedFuture(neverOpen());
    Container container =
        fixture.run(spec(List.of(opener), "sh", "-c", "seq 500; seq 10 >&2; exit 7"));
    assertThat(fixture.exit(container)).isEqualTo(7);
    assertThat(Files.readString(fixture.path(container.id(), "exit"))).isEqualTo("7");
    long both = 1892 + 21;
    assertThat(lost()).isEqualTo(both);
  }

  @Test
  void whatIsLeftInTheTerminalOfALogThatIsNeverOpenedIsCounted() throws Exception {
    startAnewWithoutPatience();
    LogOpener opener = () -> CompletableFuture.completedFuture(neverOpen());
    CreateContainer spec = fixture.spec(true, false, "sh", "-c", "seq 500; exit 7");
    Container container = fixture.run(ContainerDraft.like(spec).logs(List.of(opener)).create());
    assertThat(fixture.exit(container)).isEqualTo(7);
    long withCarriageReturns = 1892 + 500;
    assertThat(lost()).isEqualTo(withCarriageReturns);
  }

  /** A log whose directory is gone, say, since a worker before this one had it open. */
  private AwaitedLog neverOpen() {
    LogOpener refused =
        () -> CompletableFuture.failedFuture(new IOException("this test's own: no such directory"));
    LogPosition start = new LogPosition(new byte[0], true);
    return new AwaitedLog(fixture.loop, "test", refused, start, LogMemory.NONE);
  }

  private long lost() throws Exception {
    return fixture.thread.call(() -> fixture.containers.totals().logged().bytesLost());
  }
}
