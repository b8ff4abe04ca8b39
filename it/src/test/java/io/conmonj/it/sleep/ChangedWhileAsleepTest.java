package io.conmonj.it.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.pod.Runc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a monitor needs to start, and is not there any more when it is woken: containers go on, with
 * their logs and exit codes.
 */
@NeedsContainers
@Timeout(120)
class ChangedWhileAsleepTest {
  private static final String SPEAKS_WHEN_TOLD =
      "until [ -e /tmp/speak ]; do usleep 20000; done; echo said;"
          + " until [ -e /tmp/end ]; do usleep 20000; done; exit 7";

  @TempDir Path work;

  private BusyboxPod pod;
  private PodContainer container;

  private void start(BusyboxPod started) throws IOException {
    pod = started;
    container = pod.container("sh", "-c", SPEAKS_WHEN_TOLD).run();
  }

  @AfterEach
  void stop() throws Exception {
    if (pod != null) {
      pod.close();
    }
  }

  /** What the container says and how it ends is where it belongs. */
  private void assertGoesOn() throws Exception {
    Files.createFile(container.root().resolve("tmp/speak"));
    Await.until("its line", () -> lines().equals(List.of("said")));
    Files.createFile(container.root().resolve("tmp/end"));
    Await.until("its exit", container::hasExited);
    assertThat(container.exitCode()).isEqualTo("7");
  }

  private List<String> lines() {
    try {
      return CriLogFiles.lines("stdout", List.of(container.log()));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  @Test
  void theOciRuntime() throws Exception {
    Path runtime = Files.createSymbolicLink(work.resolve("runtime"), Runc.find());
    start(BusyboxPod.start(work, runtime));
    pod.sleep();
    Files.delete(runtime);
    assertGoesOn();
  }

  @Test
  void theRuntimeDirectory() throws Exception {
    start(BusyboxPod.startQuietly(work));
    pod.sleep();
    remove(pod.options().runtimeDir());
    assertGoesOn();
    assertThat(pod.options().runtimeDir()).doesNotExist();
  }

  @Test
  void theRuntimeDirectoryInWhosePlaceThereIsThatOfAnotherMonitor() throws Exception {
    start(BusyboxPod.startQuietly(work));
    pod.sleep();
    remove(pod.options().runtimeDir());
    try (BusyboxPod other = BusyboxPod.startQuietly(work)) {
      assertGoesOn();
      pod.close();
      pod = null;
      other.reconnect();
      assertThat(Replies.await(other.monitor().serverInfo()).processId())
          .isEqualTo(other.monitor().processId());
    }
  }

  @Test
  void nothingButThatTheRuntimeDirectoryIsNamedByALink() throws Exception {
    Path directory = Files.createDirectory(work.resolve("elsewhere"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(work.resolve("run"), directory);
    start(BusyboxPod.startQuietly(work));
    pod.sleep();
    pod.reconnect();
    assertGoesOn();
  }

  @Test
  void theSocketForDescriptors() throws Exception {
    start(BusyboxPod.startQuietly(work));
    Path socket = Replies.await(pod.monitor().startFdSocket());
    pod.sleep();
    Files.delete(socket);
    assertGoesOn();
    pod.reconnect();
    assertThat(Replies.await(pod.monitor().startFdSocket())).isEqualTo(socket).exists();
  }

  /** As when a node's /run is cleared, and the container runtime started again. */
  @Test
  void theDirectoryOfTheExitFileWhichIsThereAgainAfterTheExit() throws Exception {
    Path exits = Files.createDirectory(work.resolve("exits"));
    Path exit = exits.resolve("exit");
    pod = BusyboxPod.startQuietly(work.resolve("pod"));
    container = pod.container("sh", "-c", SPEAKS_WHEN_TOLD);
    List<Path> paths = List.of(exit, container.exitFile());
    container.create(request -> request.exitPaths(paths)).start();
    pod.sleep();
    Files.delete(exits);
    assertGoesOn();
    assertThat(exits).doesNotExist();
    Files.createDirectory(exits);
    Await.until("its exit", () -> Files.exists(exit));
    assertThat(exit).hasContent("7");
  }
}
