package io.conmonj.monitor.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.kernel.Kill;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.HeldChildren;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Nth time that the monitor asks for memory there is none, for each N. Needs root. */
@Timeout(300)
class NamespacesFaultTest {
  private static final IdMappings IDS = new IdMappings(List.of("0 100000 1000"));

  @TempDir Path base;
  private final Allocations allocations = new Allocations();
  private LoopThread thread;
  private HeldChildren held;
  private PodNamespaces namespaces;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(ThisProcess.effectiveUser() == 0, "needs root to make namespaces");
    thread = allocations.loop();
    held = HeldChildren.start(thread);
    namespaces = new PodNamespaces(thread.loop(), held.processes());
  }

  @AfterEach
  void stop() throws Exception {
    allocations.failNone();
    if (thread != null) {
      thread.await(namespaces::close);
      awaitNothingLeft();
      thread.close();
      held.close();
    }
  }

  @Test
  void thePodHasItsNamespacesOrMayBeAskedForAgainAndNothingIsLeftOfThem() throws Exception {
    NamespacesRequest request =
        new NamespacesRequest("pod", base, List.of(NamespaceType.values()), IDS, IDS);
    allocations.failNth(Integer.MAX_VALUE);
    liveAndDie(request);
    int count = allocations.counted();
    for (int number = 1; number <= count; number++) {
      allocations.failNth(number);
      try {
        liveAndDie(request);
      } catch (Throwable failed) {
        throw new AssertionError("allocation " + number + " failed" + allocations.where(), failed);
      } finally {
        allocations.failNone();
      }
    }
    assertThat(count).isPositive();
  }

  private void liveAndDie(NamespacesRequest request) throws Exception {
    while (!isMade(request)) {
      Thread.sleep(5);
    }
    Kill.process(Integer.parseInt(Files.readString(request.pidFile())), Signal.KILL);
    awaitNothingLeft();
  }

  /** Somebody who asks again where he was refused. */
  private boolean isMade(NamespacesRequest request) throws Exception {
    try {
      thread.await(() -> namespaces.create(request));
      return true;
    } catch (IOException | ExecutionException refused) {
      allocations.failNone();
      return false;
    }
  }

  private void awaitNothingLeft() throws Exception {
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!(mounts().isEmpty() && hasNoFiles() && hasNoChildren())) {
      assertThat(System.nanoTime()).as("removed in time").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private boolean hasNoChildren() {
    return held.children().isEmpty();
  }

  private boolean hasNoFiles() throws IOException {
    try (var files = Files.walk(base)) {
      return files.noneMatch(Files::isRegularFile);
    } catch (UncheckedIOException | NoSuchFileException beingRemoved) {
      return false;
    }
  }

  private List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains(base.toString()))
        .toList();
  }
}
