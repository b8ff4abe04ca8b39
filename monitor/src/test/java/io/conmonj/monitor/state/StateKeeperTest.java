package io.conmonj.monitor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.loop.LoopThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateKeeperTest {
  @TempDir Path directory;

  private final List<Long> put = new ArrayList<>();
  private final CompletableFuture<Void> taken = new CompletableFuture<>();
  private LoopThread thread;
  private long number;
  private boolean full;
  private boolean refusing;

  /** What there is for the file to tell. */
  private int told = 1;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
  }

  @AfterEach
  void stop() {
    thread.close();
  }

  private StateKeeper keeper(Optional<StateFile> file) {
    StateKeeper keeper = new StateKeeper(thread.loop(), this::take, file);
    keeper.owner(to -> to.setLastNumber(number));
    keeper.fileOwner(
        to -> {
          to.setLastNumber(number);
          to.initExits(told);
        });
    return keeper;
  }

  private void take(Fd sealed) throws IOException {
    if (full || refusing) {
      full = false;
      throw new IOException("no room");
    }
    put.add(StateRecord.read(sealed).getLastNumber());
    taken.complete(null);
  }

  @Test
  void howeverOftenItChangesInATurnItIsWrittenOnceWithAllThatHasChanged() throws Exception {
    StateKeeper keeper = thread.call(() -> keeper(Optional.empty()));
    thread.run(
        () -> {
          for (number = 1; number < 9; number++) {
            var _ = keeper.changed();
          }
          assertThat(put).isEmpty();
        });
    LoopThread.await(taken);
    thread.run(() -> assertThat(put).containsExactly(9L));
  }

  @Test
  void whatIsPutNowIsThereAtOnceAndNotWrittenAgain() throws Exception {
    StateKeeper keeper = thread.call(() -> keeper(Optional.empty()));
    thread.run(
        () -> {
          var _ = keeper.changed();
          number = 5;
          keeper.putNow();
          assertThat(put).containsExactly(5L);
        });
    thread.run(() -> assertThat(put).containsExactly(5L));
  }

  @Test
  void whatIsRefusedIsGivenAgainAsItIsThen() throws Exception {
    StateKeeper keeper = thread.call(() -> keeper(Optional.empty()));
    thread.run(
        () -> {
          full = true;
          keeper.putNow();
          assertThat(put).isEmpty();
          number = 6;
        });
    LoopThread.await(taken);
    thread.run(() -> assertThat(put).containsExactly(6L));
  }

  @Test
  void whoeverWaitsIsToldWhenItIsKept() throws Exception {
    StateKeeper keeper = thread.call(() -> keeper(Optional.empty()));
    CompletableFuture<Void> kept =
        thread.call(
            () -> {
              full = true;
              number = 7;
              CompletableFuture<Void> waiting = keeper.changed();
              keeper.putNow();
              assertThat(waiting).isNotDone();
              return waiting;
            });
    LoopThread.await(kept);
    thread.run(() -> assertThat(put).containsExactly(7L));
  }

  @Test
  void whoeverWaitsTooLongIsToldThatItIsNotKept() throws Exception {
    Duration limit = Duration.ofMillis(1);
    StateKeeper keeper =
        thread.call(() -> new StateKeeper(thread.loop(), this::take, Optional.empty(), limit));
    CompletableFuture<Void> first =
        thread.call(
            () -> {
              refusing = true;
              return keeper.changed();
            });
    assertThatThrownBy(() -> LoopThread.await(first))
        .hasMessageContaining("the state could not be kept");
    CompletableFuture<Void> second =
        thread.call(
            () -> {
              CompletableFuture<Void> waiting = keeper.changed();
              assertThat(waiting).isNotDone();
              refusing = false;
              return waiting;
            });
    LoopThread.await(second);
    thread.run(() -> assertThat(put).hasSize(1));
  }

  @Test
  void theFileIsAWholeRecordThatNobodyElseCanRead() throws Exception {
    Path path = directory.resolve("state");
    StateFile file =
        thread.call(() -> new StateFile(thread.loop(), path.toString(), StateFile.ABSENT));
    StateKeeper keeper = thread.call(() -> keeper(Optional.of(file)));
    thread.run(
        () -> {
          for (number = 1; number < 50; number++) {
            keeper.putNow();
          }
        });
    awaitWritten(file);
    assertThat(StateRecord.readFile(path.toString()).getLastNumber()).isEqualTo(49);
    assertThat(StateRecord.readFile(path.toString()).getBoot().toString())
        .isEqualTo(StateKeeper.currentBoot())
        .isNotEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(directory).isDirectoryContaining(each -> each.equals(path));
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsWrittenWhenItCan() throws Exception {
    Path path = directory.resolve("later").resolve("state");
    StateFile file =
        thread.call(() -> new StateFile(thread.loop(), path.toString(), StateFile.ABSENT));
    StateKeeper keeper = thread.call(() -> keeper(Optional.of(file)));
    thread.run(
        () -> {
          number = 3;
          keeper.putNow();
        });
    Files.createDirectory(path.getParent());
    awaitWritten(file);
    assertThat(StateRecord.readFile(path.toString()).getLastNumber()).isEqualTo(3);
  }

  @Test
  void aFileThatIsNotThereOrTornIsRefused() throws Exception {
    Path path = directory.resolve("state");
    assertThatThrownBy(() -> StateRecord.readFile(path.toString())).isInstanceOf(IOException.class);
    Files.write(path, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> StateRecord.readFile(path.toString()))
        .isInstanceOf(StateRefusedException.class);
  }

  private void awaitWritten(StateFile file) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!thread.call(file::isWritten)) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }
}
