package io.conmonj.monitor.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.sleep.Sleeper;
import io.conmonj.monitor.upgrade.Upgradable;
import io.conmonj.monitor.upgrade.Upgrade;
import io.netty.channel.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonmentTest {
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** Looks after which one would have been enough. */
  private static final int LOOKS = 5;

  @TempDir Path work;
  private final Pod pod = new Pod();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private LoopThread thread;
  private Path directory;
  private PrivateSocket socket;
  private Abandonment abandonment;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    directory = Files.createDirectory(work.resolve("run"));
    Path path = directory.resolve("conmon.sock");
    socket = thread.call(() -> listen(path));
    thread.run(
        () ->
            abandonment =
                Abandonment.lookFor(thread.loop(), pod, socket, PAUSE, () -> ended.complete(null)));
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(socket::close);
    thread.close();
  }

  private void remove() throws Exception {
    Files.delete(directory.resolve("conmon.sock"));
    Files.delete(directory);
  }

  private void awaitLooks() throws Exception {
    awaitLooks(pod.looks, pod.looks.get() + LOOKS);
  }

  private static void awaitLooks(AtomicInteger looks, int wanted) throws Exception {
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (looks.get() < wanted) {
      assertThat(System.nanoTime()).as("waited in vain for looks").isLessThan(deadline);
      Thread.sleep(PAUSE.toMillis());
    }
  }

  @Test
  void anIdleMonitorWhoseSocketWasRemovedEnds() throws Exception {
    awaitLooks();
    assertThat(ended).isNotDone();
    remove();
    LoopThread.await(ended);
  }

  @Test
  void oneThatIsInUseDoesNotUntilItIsNot() throws Exception {
    // Not in the middle of a look, which would find it idle and its socket removed.
    thread.run(() -> pod.idle = false);
    remove();
    awaitLooks();
    assertThat(ended).isNotDone();
    pod.idle = true;
    LoopThread.await(ended);
  }

  @Test
  void oneWhoseDirectoryWasMovedGoesOn() throws Exception {
    Files.move(directory, work.resolve("elsewhere"));
    awaitLooks();
    assertThat(ended).isNotDone();
  }

  @Test
  void anotherMonitorInItsPlaceIsLeftAlone() throws Exception {
    remove();
    Files.createDirectory(directory);
    Path path = directory.resolve("conmon.sock");
    try (var _ = UnixSocket.listen(SocketType.STREAM, path.toString())) {
      LoopThread.await(ended);
      thread.run(socket::close);
      assertThat(UnixSocket.isLive(path.toString())).isTrue();
      socket = thread.call(() -> listen(work.resolve("other.sock")));
    }
  }

  private PrivateSocket listen(Path path) throws StartException {
    return PrivateSocket.listen(
        path, "control", thread.loop(), ThisProcess.effectiveUser(), channel -> {});
  }

  @Test
  void aPodInUseIsLookedAtAgainWhenAChildHasEnded() throws Exception {
    pod.idle = false;
    pod.containers = true;
    awaitLooks(pod.vainLooks, 1);
    pod.containers = false;
    pod.idle = true;
    remove();
    thread.run(abandonment::childrenEnded);
    LoopThread.await(ended);
  }

  @Test
  void aPodWhoseLastSessionClosesIsLookedAtAgainWithoutAChildThatEnds() throws Exception {
    pod.idle = false;
    // The second look shows that the first was not the last.
    awaitLooks(pod.vainLooks, 2);
    pod.idle = true;
    remove();
    LoopThread.await(ended);
  }

  @Test
  void whileAContainerRunsThereIsNoTimer() throws Exception {
    pod.containers = true;
    pod.idle = false;
    awaitLooks(pod.vainLooks, 1);
    int looks = pod.looks.get();
    CompletableFuture<Void> later = new CompletableFuture<>();
    // A look that is due in the meantime comes first.
    thread.run(
        () -> thread.loop().duty(() -> later.complete(null)).dueAfter(PAUSE.multipliedBy(LOOKS)));
    LoopThread.await(later);
    assertThat(pod.looks).hasValue(looks);
  }

  /** Says what it is told to say. */
  private static final class Pod implements Service {
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger vainLooks = new AtomicInteger();
    private volatile boolean idle = true;
    private volatile boolean containers;

    @Override
    public Sleeper sleeper() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Upgradable upgradable() {
      throw new AssertionError();
    }

    @Override
    public void standBy(Upgrade upgrade, Doors doors) {
      throw new AssertionError();
    }

    @Override
    public boolean isIdle() {
      looks.incrementAndGet();
      boolean answer = idle;
      if (!answer) {
        vainLooks.incrementAndGet();
      }
      return answer;
    }

    @Override
    public boolean runsContainers() {
      return containers;
    }

    @Override
    public void connected(Channel channel) {}

    @Override
    public void scraped(Channel channel) {}

    @Override
    public void reopenLogs() {}

    @Override
    public void dump(StringBuilder to) {}

    @Override
    public long heldMemory() {
      return 0;
    }

    @Override
    public void exited(HeldProcess process) {}

    @Override
    public CompletableFuture<Void> cutOff() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> rescue() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void relieve() {}

    @Override
    public void kill() {}

    @Override
    public CompletableFuture<Void> shutDown() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
