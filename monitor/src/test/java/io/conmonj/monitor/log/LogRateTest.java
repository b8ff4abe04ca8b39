package io.conmonj.monitor.log;

import static io.conmonj.monitor.log.LoggedContainer.output;
import static io.conmonj.monitor.log.LoggedContainer.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.log.LogRate.Policy;
import io.conmonj.monitor.log.LoggedContainer.Output;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of output that comes faster than it may be logged. */
class LogRateTest {
  @TempDir Path directory;

  private LoggedContainer open(LogRate rate) throws Exception {
    return LoggedContainer.open(
        writer ->
            LoggedContainer.newCri(writer, path())
                .thenApply(log -> rate.limit(writer.loop(), LoggedContainer.OWNER, log)));
  }

  private Path path() {
    return directory.resolve("log");
  }

  private List<String> logged() throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(path())) {
      lines.add(line.split(" ", 4)[3]);
    }
    return lines;
  }

  private static String numbers(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      lines.append(i).append('\n');
    }
    return lines.toString();
  }

  @Test
  void aLogWithoutARateIsLeftAlone() throws Exception {
    try (LoggedContainer container = LoggedContainer.open(path(), Rotation.NONE)) {
      LogDriver log = container.driver();
      assertThat(LogRate.NONE.limit(container.loop().loop(), new LogOwner("x"), log)).isSameAs(log);
    }
  }

  @Test
  void whoWritesTooManyLinesWaitsAndTheOtherStreamDoesNot() throws Exception {
    try (LoggedContainer container = open(new LogRate(0, 5, Policy.BLOCK))) {
      LogDriver log = container.driver();
      CompletableFuture<Void> again = new CompletableFuture<>();
      container
          .loop()
          .run(
              () -> {
                log.onWritable(() -> again.complete(null));
                log.write(StdStream.STDOUT, stdout(numbers(6)).bytes());
                assertThat(log.takes(StdStream.STDOUT)).isFalse();
                assertThat(log.takes(StdStream.STDERR)).isTrue();
                assertThat(log.isWritable()).isTrue();
              });
      LoopThread.await(again);
      assertThat(container.loop().call(() -> log.takes(StdStream.STDOUT))).isTrue();
    }
    assertThat(logged()).containsExactly("1", "2", "3", "4", "5", "6");
  }

  @Test
  void whoWritesTooManyBytesWaits() throws Exception {
    try (LoggedContainer container = open(new LogRate(100, 0, Policy.BLOCK))) {
      LogDriver log = container.driver();
      container
          .loop()
          .run(
              () -> {
                log.write(StdStream.STDERR, stdout("x".repeat(100)).bytes());
                assertThat(log.takes(StdStream.STDERR)).isTrue();
                log.write(StdStream.STDERR, stdout("x".repeat(100)).bytes());
                assertThat(log.takes(StdStream.STDERR)).isFalse();
              });
    }
  }

  @Test
  void whatAContainerLeavesAtItsEndDoesNotWait() throws Exception {
    try (LoggedContainer container = open(new LogRate(1, 0, Policy.BLOCK))) {
      LogDriver log = container.driver();
      CompletableFuture<Void> again = new CompletableFuture<>();
      container
          .loop()
          .run(
              () -> {
                log.onWritable(() -> again.complete(null));
                log.write(StdStream.STDOUT, stdout(numbers(10_000)).bytes());
                assertThat(log.takes(StdStream.STDOUT)).isFalse();
                log.ending();
                assertThat(again).isDone();
                log.write(StdStream.STDOUT, stdout("last\n").bytes());
                assertThat(log.takes(StdStream.STDOUT)).isTrue();
              });
    }
    assertThat(logged()).hasSize(10_001).endsWith("last");
  }

  @Test
  void whatExceedsTheRateIsDroppedAndTheLogTellsHowMuch() throws Exception {
    LoggedContainer container = open(new LogRate(0, 3, Policy.DROP));
    Output stderr = output(StdStream.STDERR, "err\n".getBytes(StandardCharsets.UTF_8));
    container.write(List.of(stdout(numbers(7)), stderr).iterator());
    container.close();
    LogStatistics statistics = container.driver().statistics();
    assertThat(statistics.linesWritten()).isEqualTo(5);
    assertThat(statistics.linesDropped()).isEqualTo(4);
    assertThat(statistics.bytesDropped()).isEqualTo(8);
    assertThat(statistics.bytesLost()).isZero();
    assertThat(logged())
        .containsExactly(
            "1", "2", "3", "err", "conmonj: 4 lines, 8 bytes not logged: more than 3 lines/s");
  }

  @Test
  void whatWasDroppedIsToldWhenTheSecondIsOverAlthoughNothingMoreComes() throws Exception {
    try (LoggedContainer container = open(new LogRate(4, 0, Policy.DROP))) {
      container.write(numbers(5));
      Await.until("the note", () -> Files.readString(path()).contains("more than 4 bytes/s"));
      container.write("after\n");
    }
    assertThat(logged())
        .containsExactly(
            "1", "2", "conmonj: 3 lines, 6 bytes not logged: more than 4 bytes/s", "after");
  }

  private LoggedContainer open(
      LogRate rate, LogMemory memory, Optional<LogPosition> before, LogPosition stood)
      throws Exception {
    return LoggedContainer.open(
        writer ->
            CriLog.open(writer, LoggedContainer.OWNER, path(), Rotation.NONE, before, memory)
                .thenApply(log -> rate.limit(writer.loop(), LoggedContainer.OWNER, log, stood)));
  }

  @Test
  void whatAKilledWorkerHasDroppedIsCountedAndToldByTheNext() throws Exception {
    LogRate rate = new LogRate(0, 3, Policy.DROP);
    LogMemory memory = LogMemory.create(LogSpec.Kind.CRI, () -> 0);
    LoggedContainer first = open(rate, memory, Optional.empty(), KilledLog.UNKNOWN);
    first.write(numbers(7));
    first.flush();
    Fd left = first.loop().call(() -> MemoryFiles.copy(memory.fd().orElseThrow()));
    byte[] content = Files.readAllBytes(path());
    first.close();
    Files.write(path(), content, StandardOpenOption.TRUNCATE_EXISTING);
    LogMemory kept = LogMemory.of(LogSpec.Kind.CRI, left, () -> 0);
    assertThat(kept.droppedBefore(LogStatistics.ZERO))
        .isEqualTo(new LogStatistics(0, 0, 0, 0, 8, 4, 0));
    Optional<LogPosition> before = Optional.of(KilledLog.UNKNOWN);
    try (LoggedContainer next = open(rate, kept, before, kept.rate(KilledLog.UNKNOWN))) {
      next.write(numbers(5));
      next.flush();
      LogMemory again =
          LogMemory.of(
              LogSpec.Kind.CRI,
              next.loop().call(() -> MemoryFiles.copy(kept.fd().orElseThrow())),
              () -> 0);
      assertThat(again.droppedBefore(LogStatistics.ZERO))
          .isEqualTo(new LogStatistics(0, 0, 0, 0, 12, 6, 0));
      again.close();
    }
    assertThat(logged())
        .containsExactly(
            "1",
            "2",
            "3",
            "conmonj: 4 lines, 8 bytes not logged: more than 3 lines/s",
            "1",
            "2",
            "3",
            "conmonj: 2 lines, 4 bytes not logged: more than 3 lines/s");
  }

  @Test
  void aLineThatIsDroppedIsDroppedToItsEndInAnotherWorker() throws Exception {
    LogRate rate = new LogRate(0, 1, Policy.DROP);
    byte[] kept;
    LoggedContainer first = open(rate);
    first.write("logged\ndrop");
    kept = first.loop().call(first.driver()::rate);
    first.flush();
    KilledLog ended = KilledLog.end(first, path());
    LoggedContainer next =
        LoggedContainer.open(
            writer ->
                CriLog.open(
                        writer,
                        LoggedContainer.OWNER,
                        path(),
                        Rotation.NONE,
                        Optional.of(new LogPosition(ended.position(), true)),
                        LogMemory.NONE)
                    .thenApply(
                        log ->
                            rate.limit(
                                writer.loop(),
                                LoggedContainer.OWNER,
                                log,
                                new LogPosition(kept, true))));
    next.write("ped\n");
    next.close();
    assertThat(logged())
        .contains("logged")
        .doesNotContain("drop", "ped")
        .last()
        .asString()
        .endsWith("bytes not logged: more than 1 lines/s");
    assertThat(next.driver().statistics().bytesDropped()).isEqualTo(4);
  }
}
