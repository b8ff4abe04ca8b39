package io.conmonj.it.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.UpgradeResult;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.DistributionCopy;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades that cannot be made: the worker that is there goes on, and the reason is told. */
@NeedsContainers
class FailedUpgradeTest {
  /** In the place of a program: one that hangs until it is killed. */
  private static final String HANGS = "#!/bin/sh\nexec sleep 1000000\n";

  /** Outside the heap: less than the buffers of one reader. */
  private static final String NO_BUFFERS = "-XX:MaxDirectMemorySize=64k";

  private static final String CANNOT_SERVE = "cannot serve clients: no memory: ";

  @TempDir Path work;

  private DistributionCopy other;
  private BusyboxPod pod;
  private PodContainer container;
  private long worker;

  @BeforeEach
  void start() throws Exception {
    other = DistributionCopy.make(work.resolve("other"));
    pod = BusyboxPod.startQuietly(work.resolve("pod"));
    container =
        pod.container(
                "sh",
                "-c",
                "trap 'echo ended; exit 6' TERM; touch /tmp/ready; while :; do sleep 0.1; done")
            .run();
    Path ready = container.root().resolve("tmp/ready");
    Await.until("the container heeds signals", () -> Files.exists(ready));
    worker = pod.process().worker().pid();
  }

  @AfterEach
  void stop() throws Exception {
    pod.close();
  }

  private CompletableFuture<UpgradeResult> upgrade() {
    return pod.monitor().upgrade(Optional.of(other.directory()));
  }

  /** The upgrade is refused with these words, and nothing has changed. */
  private void assertFails(String why) throws Exception {
    assertThatThrownBy(() -> Replies.await(upgrade()))
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining(why);
    assertGoesOn();
  }

  /** Other processes than the worker and the container. */
  private List<Long> candidates() {
    return pod.process().children().stream().filter(each -> each != container.pid()).toList();
  }

  /** Whether a process has come as far as where {@link #HANGS} hangs. */
  private boolean hangs(long process) {
    try {
      return Files.readString(Path.of("/proc", "" + process, "cmdline")).startsWith("sleep\0");
    } catch (IOException gone) {
      return false;
    }
  }

  private void assertGoesOn() throws Exception {
    assertThat(pod.process().worker().pid()).isEqualTo(worker);
    Await.until("the end of the other worker", () -> candidates().isEmpty());
    assertThat(container.execSync("sh", "-c", "exit 7").exitCode()).isEqualTo(7);
    ProcessHandle.of(container.pid()).orElseThrow().destroy();
    Await.until("its exit", container::hasExited);
    assertThat(container.exitCode()).isEqualTo("6");
    assertThat(CriLogFiles.lines("stdout", List.of(container.log()))).containsExactly("ended");
  }

  @Test
  void toADirectoryThatIsNotThere() throws Exception {
    other = DistributionCopy.make(work.resolve("gone"));
    Files.move(other.directory(), work.resolve("moved"));
    assertFails("gone/bin/conmonj: no such file or directory");
  }

  @Test
  void toOneWithoutItsJar() throws Exception {
    other.without("lib/monitor.jar");
    assertFails("lib/monitor.jar: no such file or directory");
  }

  @Test
  void toOneWhoseLauncherCannotBeExecuted() throws Exception {
    Files.setPosixFilePermissions(
        other.file("bin/conmonj"), PosixFilePermissions.fromString("rw-r--r--"));
    assertFails("bin/conmonj is not executable");
  }

  @Test
  void toOneThatOthersCanChange() throws Exception {
    Files.setPosixFilePermissions(other.file("bin"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertFails("bin is writable by others");
  }

  @Test
  void toOneWhoseJavaDiesAtOnce() throws Exception {
    other.withLauncher("cd / && exec \"$@\"", "exit 9");
    assertFails("its worker ended with 9");
  }

  @Test
  void toOneWhoseOptionsJavaDoesNotKnow() throws Exception {
    other.withLauncher("-Dconmonj.holder.fd=3", "-XX:+NoSuchOption -Dconmonj.holder.fd=3");
    assertFails("its worker ended with 1: Unrecognized VM option 'NoSuchOption' Error: Could not");
  }

  @Test
  void toOneThatHasNoMemoryToServeAnybody() throws Exception {
    other.withOption(NO_BUFFERS);
    assertFails(CANNOT_SERVE);
    pod.reconnect();
    assertThat(Replies.await(pod.monitor().version(false)).processId())
        .isEqualTo(pod.monitor().processId());
  }

  /** As without the option by which Netty may reach memory, of which calls take no notice. */
  @Test
  void toOneThatCannotReadWhatContainersWrite() throws Exception {
    other.withOption("--sun-misc-unsafe-memory-access=deny");
    assertFails("cannot serve clients: what a container writes could not be read: ");
  }

  @Test
  void toOneThatHasNoMemoryToServeASessionThatThereIs() throws Exception {
    URI cat =
        Replies.await(
            pod.monitor().serveExec(ServeExecRequest.piped(container.id(), List.of("cat"))));
    try (WebSocketPeer session = WebSocketPeer.command(cat, "v5.channel.k8s.io")) {
      session.message(0, "before");
      assertThat(session.readMessage().text()).isEqualTo("before");
      other.withOption(NO_BUFFERS);
      assertThatThrownBy(() -> Replies.await(upgrade()))
          .isInstanceOf(MonitorException.class)
          .hasMessageContaining(CANNOT_SERVE);
      session.message(0, "after");
      assertThat(session.readMessage().text()).isEqualTo("after");
      session.message(255, new byte[] {0});
      session.readClose();
    }
    assertGoesOn();
  }

  @Test
  void toOneThatDoesNotAcceptWhatItIsHanded() throws Exception {
    Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
    String others =
        "$(printf '%s ' \"$@\" | sed 's|" + work.resolve("pod/run") + "|" + elsewhere + "|')";
    other.withLauncher("cli.Main \"$@\"", "cli.Main " + others);
    assertFails("its worker: runtime directory " + elsewhere + " belongs to a monitor");
  }

  @Test
  void toOneThatIsKilledAsItStarts() throws Exception {
    other.withProgram("bin/conmonj", HANGS);
    CompletableFuture<UpgradeResult> upgrade = upgrade();
    Await.until("the other worker", () -> candidates().stream().anyMatch(this::hangs));
    ProcessHandle.of(candidates().getFirst()).orElseThrow().destroyForcibly();
    assertThatThrownBy(() -> Replies.await(upgrade))
        .hasMessageContaining("its worker was killed by signal 9");
    assertGoesOn();
  }

  @Test
  void whenTheWorkerIsKilledMeanwhileAnotherOfItsOwnKindFollows() throws Exception {
    other.withProgram("bin/conmonj", HANGS);
    CompletableFuture<UpgradeResult> upgrade = upgrade();
    Await.until("the other worker", () -> !candidates().isEmpty());
    pod.killWorker();
    assertThatThrownBy(() -> Replies.await(upgrade)).isNotNull();
    pod.awaitWorker();
    worker = pod.process().worker().pid();
    assertGoesOn();
  }
}
