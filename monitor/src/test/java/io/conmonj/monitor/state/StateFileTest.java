package io.conmonj.monitor.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.log.FrozenDisk;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.schema.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StateFileTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path directory;

  private LoopThread thread;
  private Path path;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    path = directory.resolve("state");
  }

  @AfterEach
  void stop() {
    thread.close();
  }

  /** A record that tells of this boot. */
  private static byte[] record(long number) {
    return record(number, StateKeeper.currentBoot());
  }

  private static byte[] record(long number, String boot) {
    MessageBuilder message = new MessageBuilder();
    State.Monitor.Builder monitor = message.initRoot(State.Monitor.factory);
    monitor.setBoot(boot);
    monitor.setLastNumber(number);
    return StateRecord.of(message);
  }

  private StateFile begin() throws Exception {
    return thread.call(() -> StateFile.begin(thread.loop(), path));
  }

  private void write(StateFile file, byte[] record) throws Exception {
    thread.run(() -> file.write(record));
    settle(file);
    awaitWritten(file);
  }

  /** Which may be later than {@link #settle}, on a disk that is slow. */
  private void awaitWritten(StateFile file) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!thread.call(file::isWritten)) {
      assertThat(System.nanoTime()).as("waited in vain for the file").isLessThan(end);
      Thread.sleep(5);
    }
  }

  /** Has it written, and waits for that as long as a monitor does. */
  private void writeInVain(StateFile file, byte[] record) throws Exception {
    thread.run(() -> file.write(record));
    settle(file);
    assertThat(thread.call(file::isWritten)).isFalse();
  }

  private void settle(StateFile file) throws Exception {
    thread.await(file::settled);
  }

  private long mark(StateFile file) throws Exception {
    return thread.call(file::mark);
  }

  @Test
  void whatIsLeftBehindIsReadByAnother() throws Exception {
    write(begin(), record(7));
    assertThat(StateFile.leftBehind(path).orElseThrow().getLastNumber()).isEqualTo(7);
  }

  @Test
  void whereThereIsNoFileThereIsNothing() {
    assertThat(StateFile.leftBehind(path)).isEmpty();
  }

  @Test
  void whatIsOfNoUseIsLeftAlone() throws Exception {
    byte[] damaged = record(7);
    damaged[damaged.length - 1] ^= 1;
    byte[] tooNew = record(7);
    tooNew[8] = 2;
    for (byte[] each :
        new byte[][] {
          {},
          damaged,
          tooNew,
          record(7, "another boot"),
          record(7, ""),
          "text\n".getBytes(StandardCharsets.US_ASCII)
        }) {
      Files.write(path, each);
      assertThat(StateFile.leftBehind(path)).isEmpty();
      assertThat(path).hasBinaryContent(each);
    }
    Files.delete(path);
    Files.createDirectory(path);
    assertThat(StateFile.leftBehind(path)).isEmpty();
    assertThat(path).isDirectory();
  }

  @Test
  void whatTheFileHoldsIsNotWrittenAgainAlsoByAnotherWorker() throws Exception {
    StateFile file = begin();
    write(file, record(7));
    Files.setLastModifiedTime(path, LONG_AGO);
    write(file, record(7));
    long mark = mark(file);
    StateFile next = thread.call(() -> new StateFile(thread.loop(), path.toString(), mark));
    write(next, record(7));
    assertThat(Files.getLastModifiedTime(path)).isEqualTo(LONG_AGO);

    write(next, record(8));
    assertThat(StateFile.leftBehind(path).orElseThrow().getLastNumber()).isEqualTo(8);
    assertThat(mark(next)).isNotEqualTo(mark);
  }

  @Test
  void aWorkerThatDoesNotKnowWhatTheFileHoldsWritesIt() throws Exception {
    Files.writeString(path, "of no use");
    write(begin(), record(7));
    assertThat(StateFile.leftBehind(path).orElseThrow().getLastNumber()).isEqualTo(7);
  }

  @Test
  void thereIsNoFileWhenThereIsNothingToKnow() throws Exception {
    StateFile file = begin();
    thread.run(file::remove);
    settle(file);
    awaitWritten(file);
    assertThat(directory).isEmptyDirectory();
    assertThat(mark(file)).isEqualTo(StateFile.ABSENT);

    write(file, record(7));
    assertThat(path).exists();
    thread.run(file::remove);
    settle(file);
    awaitWritten(file);
    assertThat(directory).isEmptyDirectory();
    assertThat(mark(file)).isEqualTo(StateFile.ABSENT);
  }

  @Test
  void nobodyWaitsForADiskThatFailsAndNothingIsKnownOfTheFile() throws Exception {
    path = directory.resolve("missing").resolve("state");
    StateFile file = begin();
    writeInVain(file, record(7));
    assertThat(mark(file)).isEqualTo(StateFile.UNKNOWN);
    settle(file);
  }

  @Test
  void nobodyWaitsLongForADiskThatHangsAndItIsWrittenWhenThatGoesOn() throws Exception {
    try (FrozenDisk disk = FrozenDisk.mount(directory)) {
      path = disk.path().resolve("state");
      StateFile file = begin();
      disk.freeze();
      writeInVain(file, record(7));
      assertThat(mark(file)).isEqualTo(StateFile.UNKNOWN);
      disk.thaw();
      awaitWritten(file);
      assertThat(StateFile.leftBehind(path).orElseThrow().getLastNumber()).isEqualTo(7);
    }
  }

  @Test
  void whatWasGivenBeforeItIsClosedIsWrittenAndNothingAfterwards() throws Exception {
    StateFile file = begin();
    CompletableFuture<Void> closed =
        thread.call(
            () -> {
              file.write(record(6));
              file.write(record(7));
              CompletableFuture<Void> over = file.close();
              file.write(record(8));
              return over;
            });
    LoopThread.await(closed);
    assertThat(StateFile.leftBehind(path).orElseThrow().getLastNumber()).isEqualTo(7);
    thread.run(() -> file.write(record(9)));
    settle(file);
    assertThat(StateFile.leftBehind(path).orElseThrow().getLastNumber()).isEqualTo(7);
  }
}
