package io.conmonj.monitor.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.HeldChildren;
import io.conmonj.monitor.state.Handover;
import io.conmonj.monitor.state.Inheritance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real namespaces, which needs root, when their worker is killed and another goes on with them. */
class NamespacesHandoverTest {
  private static final IdMappings IDS = new IdMappings(List.of("0 100000 1000"));

  @TempDir Path base;
  private Handover handover;
  private HeldChildren held;
  private LoopThread thread;
  private PodNamespaces after;
  private NamespacesRequest request;
  private int pause;

  @BeforeEach
  void makeThemAndDie() throws Exception {
    assumeTrue(ThisProcess.effectiveUser() == 0, "needs root to make namespaces");
    handover = Handover.start();
    request = new NamespacesRequest("pod", base, List.of(NamespaceType.values()), IDS, IDS);
    try (LoopThread killed = LoopThread.start()) {
      held = HeldChildren.start(killed);
      PodNamespaces before =
          killed.call(
              () ->
                  new PodNamespaces(
                      killed.loop(), held.processes(), handover.keeping(killed.loop())));
      killed.await(() -> before.create(request));
    }
    pause = Integer.parseInt(Files.readString(request.pidFile()));
    thread = LoopThread.start();
  }

  private void goOn() throws Exception {
    Inheritance left = handover.kill();
    held = held.successor(thread);
    after =
        thread.call(
            () ->
                new PodNamespaces(
                    thread.loop(), held.processes(), handover.keeping(thread.loop())));
    thread.run(
        () -> {
          after.restore(left);
          held.becomeReady();
        });
    assertThat(left.left()).isEmpty();
  }

  @AfterEach
  void stop() throws Exception {
    if (thread == null) {
      return;
    }
    thread.await(after::close);
    assertThat(request.pidFile()).doesNotExist();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(base.toString());
    thread.close();
    held.close();
    handover.close();
  }

  @Test
  void theyAreThoseThatWereMade() throws Exception {
    goOn();
    thread.await(() -> after.create(request));
    assertThat(Files.readString(request.pidFile())).isEqualTo(Integer.toString(pause));
    String path = request.path(NamespaceType.NET).toString();
    try (Fd network = thread.call(() -> after.openNetwork(path)).orElseThrow()) {
      assertThat(FileStatus.of(network).inode()).isEqualTo(FileStatus.of(path).inode());
    }
  }

  @Test
  void nobodyIsToldOfThoseThatTheNextWorkerWouldNotKnow() throws Exception {
    goOn();
    NamespacesRequest other =
        new NamespacesRequest("other", base, List.of(NamespaceType.values()), IDS, IDS);
    handover.refuse(state -> state.getPods().size() > 1);
    CompletableFuture<Void> made = thread.call(() -> after.create(other));
    handover.awaitRefusals();
    assertThat(made).isNotDone();
    handover.refuse(state -> false);
    LoopThread.await(made);
    String pid = Files.readString(other.pidFile());
    thread.close();
    thread = LoopThread.start();
    goOn();
    thread.await(() -> after.create(other));
    assertThat(other.pidFile()).hasContent(pid);
  }

  @Test
  void theirEndWhileThereWasNoWorkerIsNoticed() throws Exception {
    Kill.process(pause, Signal.KILL);
    goOn();
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!thread.call(after::isEmpty)) {
      assertThat(System.nanoTime()).as("they are removed").isLessThan(deadline);
      Thread.sleep(5);
    }
  }
}
