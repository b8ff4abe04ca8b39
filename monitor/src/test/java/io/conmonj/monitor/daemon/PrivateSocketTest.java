package io.conmonj.monitor.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.LoopThread;
import io.netty.channel.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateSocketTest {
  @TempDir Path directory;
  private LoopThread thread;
  private Path path;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    path = directory.resolve("conmon.sock");
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
  }

  private PrivateSocket listen(Consumer<Channel> connected) throws Exception {
    return thread.call(
        () ->
            PrivateSocket.listen(
                path, "control", thread.loop(), ThisProcess.effectiveUser(), connected));
  }

  private Fd connect() throws Exception {
    return UnixSocket.connect(SocketType.STREAM, path.toString());
  }

  @Test
  void aConnectionThatFailsAtOnceDoesNotMakeTheMonitorDeaf() throws Exception {
    CompletableFuture<Channel> second = new CompletableFuture<>();
    int[] count = new int[1];
    PrivateSocket socket =
        listen(
            channel -> {
              if (++count[0] == 1) {
                throw new OutOfMemoryError("this test's own");
              }
              second.complete(channel);
            });
    try (Fd unlucky = connect();
        Fd lucky = connect()) {
      assertThat(LoopThread.await(second)).isNotNull();
      assertThat(unlucky.number()).isNotEqualTo(lucky.number());
      thread.run(
          () -> {
            var _ = second.join().close();
          });
    }
    thread.run(socket::close);
    assertThat(path).doesNotExist();
  }

  private PrivateSocket takeOver(Fd kept, Consumer<Channel> connected) throws Exception {
    return thread.call(
        () ->
            PrivateSocket.takeOver(
                kept,
                path,
                "control",
                thread.loop(),
                ThisProcess.effectiveUser(),
                connected,
                true));
  }

  @Test
  void whoConnectsWhileNobodyAcceptsIsServedByWhoeverTakesTheListenerOver() throws Exception {
    // A worker that is gone is one whose loop does not run.
    LoopThread gone = LoopThread.start();
    PrivateSocket before =
        gone.call(
            () ->
                PrivateSocket.listen(
                    path, "control", gone.loop(), ThisProcess.effectiveUser(), channel -> {}));
    Fd kept = Fcntl.duplicate(before.listener());
    gone.close();
    try (Fd waits = connect()) {
      CompletableFuture<Channel> connected = new CompletableFuture<>();
      PrivateSocket after = takeOver(kept, connected::complete);
      assertThat(LoopThread.await(connected)).as("of %s", waits).isNotNull();
      thread.run(
          () -> {
            var _ = connected.join().close();
          });
      thread.run(after::close);
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aListenerWhoseFileWasRemovedIsReplaced() throws Exception {
    PrivateSocket before = listen(channel -> {});
    Fd kept = Fcntl.duplicate(before.listener());
    thread.run(before::close);
    CompletableFuture<Channel> connected = new CompletableFuture<>();
    PrivateSocket after = takeOver(kept, connected::complete);
    assertThat(kept.closed()).isTrue();
    try (Fd client = connect()) {
      assertThat(LoopThread.await(connected)).as("of %s", client).isNotNull();
      thread.run(
          () -> {
            var _ = connected.join().close();
          });
    }
    thread.run(after::close);
  }

  @Test
  void aListenerIsGoneOnWithWhereItsFileCannotBeThereAgain() throws Exception {
    Path inside = Files.createDirectory(directory.resolve("inside"));
    path = inside.resolve("conmon.sock");
    PrivateSocket before = listen(channel -> {});
    Fd kept = Fcntl.duplicate(before.listener());
    thread.run(before::close);
    Files.delete(inside);
    PrivateSocket after = takeOver(kept, channel -> {});
    assertThat(kept.closed()).isFalse();
    assertThat(thread.<Boolean>call(after::isGone)).isTrue();
    thread.run(after::close);
  }

  @Test
  void theSocketIsItsOwnersOnly() throws Exception {
    PrivateSocket socket = listen(channel -> {});
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    thread.run(socket::close);
  }

  @Test
  void aSocketThatNobodyListensOnIsReplacedAndALiveOneIsNot() throws Exception {
    UnixSocket.listen(SocketType.STREAM, path.toString()).close();
    PrivateSocket socket = listen(channel -> {});
    assertThatThrownBy(() -> listen(channel -> {}))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("belongs to a monitor that is running");
    connect().close();
    thread.run(socket::close);
  }
}
