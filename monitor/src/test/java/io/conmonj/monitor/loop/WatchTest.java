package io.conmonj.monitor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.netty.channel.unix.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private LoopThread thread;
  private EventLoop loop;
  private Pipe pipe;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    loop = thread.loop();
    pipe = Pipe.open();
    Fcntl.setNonBlocking(pipe.readEnd(), true);
    Fcntl.setNonBlocking(pipe.writeEnd(), true);
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
    pipe.close();
  }

  @Test
  void aWatchThatNothingCanReplaceGoesOnAfterAnError() throws Exception {
    AtomicInteger errors = new AtomicInteger();
    CompletableFuture<Integer> read = new CompletableFuture<>();
    ReadinessListener listener =
        new ReadinessListener() {
          @Override
          public void onReady(boolean readable, boolean writable) throws Exception {
            if (errors.incrementAndGet() < 3) {
              throw new OutOfMemoryError("this test's own");
            }
            read.complete(Io.read(pipe.readEnd(), new byte[3]));
          }

          @Override
          public boolean outlives(Error error) {
            return true;
          }
        };
    thread.call(() -> loop.watch(pipe.readEnd(), Interest.READ, listener));
    Io.write(pipe.writeEnd(), new byte[3]);
    assertThat(LoopThread.await(read)).isEqualTo(3);
  }

  @Test
  void anErrorEndsAWatchThatDoesNotAskForMoreAndItsOwnerIsTold() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Error error = new StackOverflowError();
    ReadinessListener listener =
        new ReadinessListener() {
          @Override
          public void onReady(boolean readable, boolean writable) {
            throw error;
          }

          @Override
          public void onFailure(Throwable cause) {
            told.complete(cause);
            throw new OutOfMemoryError("this test's own, once more");
          }
        };
    Watch watch = thread.call(() -> loop.watch(pipe.readEnd(), Interest.READ, listener));
    Io.write(pipe.writeEnd(), new byte[3]);
    assertThat(LoopThread.await(told)).isSameAs(error);
    assertThat((Object) thread.call(watch::interest)).isEqualTo(Interest.NONE);
  }

  @Test
  void whoWaitsForAHangUpAloneIsToldItOnceAndNothingOfWhatCame(@TempDir Path directory)
      throws Exception {
    CompletableFuture<Void> told = new CompletableFuture<>();
    AtomicInteger calls = new AtomicInteger();
    ReadinessListener listener =
        new ReadinessListener() {
          @Override
          public void onReady(boolean readable, boolean writable) {
            told.completeExceptionally(new AssertionError("not asked for"));
          }

          @Override
          public void onHangUp() {
            calls.incrementAndGet();
            told.complete(null);
          }
        };
    String path = directory.resolve("socket").toString();
    try (Fd listening = UnixSocket.listen(SocketType.SEQPACKET, path)) {
      Fd peer = UnixSocket.connect(SocketType.SEQPACKET, path);
      Fd socket = UnixSocket.accept(listening).orElseThrow();
      Watch watch = thread.call(() -> loop.watch(socket, Interest.HANG_UP, listener));
      Io.write(peer, new byte[3]);
      new Socket(peer.number()).shutdown(false, true);
      for (int i = 0; i < 10; i++) {
        thread.run(() -> {});
      }
      assertThat(told).isNotDone();
      peer.close();
      LoopThread.await(told);
      for (int i = 0; i < 10; i++) {
        thread.run(() -> {});
      }
      assertThat(calls).hasValue(1);
      assertThat(Io.read(socket, new byte[3])).isEqualTo(3);
      thread.run(watch::close);
      socket.close();
    }
  }

  @Test
  void bytesInAPipeMakeItReadable() throws Exception {
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    thread.call(
        () ->
            loop.watch(
                pipe.readEnd(),
                Interest.READ,
                (readable, writable) -> {
                  assertThat(readable).isTrue();
                  assertThat(writable).isFalse();
                  byte[] bytes = new byte[3];
                  Io.read(pipe.readEnd(), bytes);
                  read.complete(bytes);
                }));
    Io.write(pipe.writeEnd(), new byte[] {1, 0, 2});
    assertThat(LoopThread.await(read)).containsExactly(1, 0, 2);
  }

  @Test
  void aHangUpWithoutDataMakesAPipeReadableUntilItsEndIsRead() throws Exception {
    CompletableFuture<Integer> read = new CompletableFuture<>();
    Watch watch =
        thread.call(
            () ->
                loop.watch(
                    pipe.readEnd(),
                    Interest.READ,
                    (readable, writable) -> {
                      assertThat(readable).isTrue();
                      read.complete(Io.read(pipe.readEnd(), new byte[1]));
                    }));
    pipe.writeEnd().close();
    assertThat(LoopThread.await(read)).isEqualTo(Io.END);
    thread.run(watch::close);
  }

  @Test
  void aReaderThatWentAwayMakesAPipeWritable() throws Exception {
    byte[] fill = new byte[1 << 16];
    Io.write(pipe.writeEnd(), fill);
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    Watch watch =
        thread.call(
            () ->
                loop.watch(
                    pipe.writeEnd(),
                    Interest.WRITE,
                    (readable, writable) -> told.complete(writable && !readable)));
    pipe.readEnd().close();
    assertThat(LoopThread.await(told)).isTrue();
    thread.run(watch::close);
  }

  @Test
  void aPausedWatchIsNotToldOfAHangUpAndDoesNotSpin() throws Exception {
    AtomicInteger told = new AtomicInteger();
    CompletableFuture<Void> first = new CompletableFuture<>();
    Watch watch =
        thread.call(
            () ->
                loop.watch(
                    pipe.readEnd(),
                    Interest.NONE,
                    (readable, writable) -> {
                      told.incrementAndGet();
                      first.complete(null);
                    }));
    pipe.writeEnd().close();
    for (int turn = 0; turn < 100; turn++) {
      thread.run(() -> {});
    }
    assertThat(told).hasValue(0);
    thread.run(() -> watch.interest(Interest.READ));
    LoopThread.await(first);
    thread.run(watch::close);
  }

  @Test
  void aListenerThatThrowsLosesItsWatchAndIsToldSo() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    AtomicInteger calls = new AtomicInteger();
    thread.call(
        () ->
            loop.watch(
                pipe.readEnd(),
                Interest.READ,
                new ReadinessListener() {
                  @Override
                  public void onReady(boolean readable, boolean writable) {
                    calls.incrementAndGet();
                    throw new IllegalStateException("this test's own");
                  }

                  @Override
                  public void onFailure(Throwable cause) {
                    told.complete(cause);
                  }
                }));
    Io.write(pipe.writeEnd(), new byte[1]);
    assertThat(LoopThread.await(told)).hasMessage("this test's own");
    assertThat(thread.call(() -> "alive")).isEqualTo("alive");
    assertThat(calls).hasValue(1);
  }

  @Test
  void aListenerMayCloseItsOwnWatch() throws Exception {
    CompletableFuture<Watch> self = new CompletableFuture<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Watch watch =
        thread.call(
            () ->
                loop.watch(
                    pipe.readEnd(),
                    Interest.READ,
                    (readable, writable) -> {
                      self.getNow(null).close();
                      closed.complete(null);
                    }));
    self.complete(watch);
    Io.write(pipe.writeEnd(), new byte[1]);
    LoopThread.await(closed);
    Interest after = thread.call(() -> watch.interest());
    assertThat(after).isEqualTo(Interest.NONE);
  }

  @Test
  void aDuplicateIsWatchedApart() throws Exception {
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    Fd copy = Fcntl.duplicate(pipe.readEnd());
    Watch one =
        thread.call(
            () -> loop.watch(pipe.readEnd(), Interest.READ, (r, w) -> first.complete(null)));
    Watch two = thread.call(() -> loop.watch(copy, Interest.READ, (r, w) -> second.complete(null)));
    Io.write(pipe.writeEnd(), new byte[1]);
    LoopThread.await(first);
    LoopThread.await(second);
    thread.run(
        () -> {
          one.close();
          two.close();
        });
    copy.close();
  }

  @Test
  void aRegularFileIsRefusedWithAReason(@TempDir Path dir) throws Exception {
    Path file = Files.createFile(dir.resolve("plain"));
    try (Fd fd = io.conmonj.kernel.OpenFile.forReading(file.toString())) {
      assertThatThrownBy(() -> thread.call(() -> loop.watch(fd, Interest.READ, (r, w) -> {})))
          .hasMessageContaining("watch descriptor " + fd.number());
    }
  }
}
