package io.conmonj.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.HostCommand;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The monitor's own directory is on a small file system, which is full. */
@Timeout(120)
@NeedsContainers
class FullRuntimeDirectoryTest {
  private static final int TIMES_FULL = 3;
  private static final int PAUSE_MILLIS = 100;

  @TempDir Path directory;
  private Path run;
  private BusyboxPod pod;

  @BeforeEach
  void startPod() throws Exception {
    run = Files.createDirectory(directory.resolve("run"));
    HostCommand.run("mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", run.toString());
    pod = BusyboxPod.start(directory);
  }

  @AfterEach
  void stopPod() throws Exception {
    try {
      pod.close();
    } finally {
      HostCommand.run("umount", run.toString());
    }
  }

  @Test
  void whatNeedsRoomThereFailsWithTheReasonAndContainersGoOn() throws Exception {
    PodContainer container = pod.container("sh", "-c", "read line; echo $line; exit 3");
    container.create(it -> it.stdin(true)).start();
    PodContainer bystander = pod.container("sleep", "1000000").run();
    Path filler = fill();
    ExecSyncResult refused = bystander.execSync("true");
    assertThat(refused.exitCode()).isEqualTo(-2);
    assertThat(refused.stderr()).contains("no space left on device");
    PodContainer another = pod.container("true").run();
    Await.until("exit of another", another::hasExited);
    assertThat(another.exitCode()).isEqualTo("0");
    Files.delete(filler);
    assertThat(bystander.execSync("true").exitCode()).isZero();
    try (OutputStream stdin = Files.newOutputStream(stdinOf(container))) {
      stdin.write('\n');
    }
    Await.until("exit", container::hasExited);
    assertThat(container.exitCode()).isEqualTo("3");
  }

  @Test
  void aWorkerThatDiesWhileItIsFullIsFollowedByOneThatKnowsAll() throws Exception {
    String script = "until [ -e /tmp/end ]; do usleep 20000; done; echo ended; exit 3";
    PodContainer container = pod.container("sh", "-c", script);
    Path exit = run.resolve("exit-of-it");
    container.create(it -> it.exitPaths(List.of(exit))).start();
    PodContainer bystander = pod.container("sh", "-c", script).run();
    Path filler = fill();
    killWorker();
    Files.createFile(container.root().resolve("tmp/end"));
    Files.createFile(bystander.root().resolve("tmp/end"));
    Await.until("exit elsewhere", bystander::hasExited);
    assertThat(bystander.exitCode()).isEqualTo("3");
    assertThat(exit).doesNotExist();
    killWorker();
    assertThat(exit).doesNotExist();
    Files.delete(filler);
    Await.until("exit", () -> Files.exists(exit));
    assertThat(exit).hasContent("3");
    assertThat(CriLogFiles.lines("stdout", List.of(container.log()))).containsExactly("ended");
  }

  private void killWorker() {
    pod.killWorker();
    pod.awaitWorker();
  }

  private static Path stdinOf(PodContainer container) {
    return Path.of("/proc", Long.toString(container.pid()), "fd/0");
  }

  /**
   * Fills it to the last byte, and again until it stays full: a file of the monitor's that was in
   * the making leaves room when it takes the place of the one before.
   */
  private Path fill() throws Exception {
    Path filler = run.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int full = 0; full < TIMES_FULL; full++) {
        if (fill(out) > 0) {
          full = 0;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return filler;
  }

  /** Returns how many bytes there was room for. */
  private static long fill(OutputStream out) {
    long written = 0;
    try {
      while (true) {
        out.write(0);
        written++;
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
      return written;
    }
  }
}
