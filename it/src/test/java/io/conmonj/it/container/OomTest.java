package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose processes the kernel has killed for lack of memory, with real cgroups of this machine. */
@Timeout(120)
@NeedsContainers
class OomTest {
  private static final long LIMIT = 24L * 1024 * 1024;
  private static final String GREEDY = "dd if=/dev/zero of=/dev/null bs=100M count=1";
  private static final Path MEMORY_V1 = Path.of("/sys/fs/cgroup/memory");
  private static final Path V2 = Path.of("/sys/fs/cgroup");

  @TempDir Path directory;
  private BusyboxPod pod;
  private String parent;

  @BeforeEach
  void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
    parent = "/conmonj-oom-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  }

  @AfterEach
  void stopPod() throws IOException {
    pod.close();
    Files.deleteIfExists(cgroup(parent));
  }

  private static Path cgroup(String path) {
    Path root = Files.isDirectory(MEMORY_V1) ? MEMORY_V1 : V2;
    return root.resolve(path.substring(1));
  }

  private PodContainer create(String name, String command) throws IOException {
    PodContainer container = pod.container("sh", "-c", command);
    new BusyboxBundle(container.home().resolve("bundle")).limitMemory(parent + "/" + name, LIMIT);
    return container.create(it -> it.oomExitPaths(List.of(oom(container), oom2(container))));
  }

  private static Path oom(PodContainer container) {
    return container.home().resolve("oom");
  }

  private static Path oom2(PodContainer container) {
    return container.home().resolve("oom-2");
  }

  private static void awaitExit(PodContainer container, String code) throws IOException {
    Await.until("exit file", container::hasExited);
    assertThat(container.exitCode()).isEqualTo(code);
  }

  @Test
  void whenTheExitOfAContainerThatRanOutOfMemoryIsSeenItsOomFilesAreThereEmpty() throws Exception {
    PodContainer container = create("a", "exec " + GREEDY).start();
    awaitExit(container, "137");
    assertThat(oom(container)).isEmptyFile();
    assertThat(oom2(container)).isEmptyFile();
  }

  @Test
  void aContainerThatLostAProcessForLackOfMemoryAndEndedWellHasThemToo() throws Exception {
    PodContainer container = create("a", GREEDY + "; exit 0").start();
    awaitExit(container, "0");
    assertThat(oom(container)).isEmptyFile();
  }

  @Test
  void aNeighbourThatRanOutOfMemoryIsNotThisContainersFault() throws Exception {
    PodContainer container = create("a", "exec sleep 100000").start();
    PodContainer neighbour = create("b", "exec " + GREEDY).start();
    awaitExit(neighbour, "137");
    pod.runc().kill(container.id(), "KILL");
    awaitExit(container, "137");
    assertThat(oom(neighbour)).isEmptyFile();
    assertThat(oom(container)).doesNotExist();
  }

  @Test
  void whatWasKilledInItsCgroupBeforeItWasThereIsNotItsFault() throws Exception {
    Path before = Files.createDirectories(cgroup(parent + "/a"));
    boolean v1 = Files.isDirectory(MEMORY_V1);
    Files.writeString(
        before.resolve(v1 ? "memory.limit_in_bytes" : "memory.max"), Long.toString(LIMIT));
    String command = "echo $$ >" + before + "/cgroup.procs && exec busybox " + GREEDY;
    assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor()).isEqualTo(137);
    PodContainer container = create("a", "exec sleep 100000").start();
    pod.runc().kill(container.id(), "KILL");
    awaitExit(container, "137");
    assertThat(oom(container)).doesNotExist();
  }
}
