package io.conmonj.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attach over WebSocket v5 to real containers. */
@Timeout(180)
@NeedsContainers
class AttachTest {
  private static final ExecStatus SUCCESS = new ExecStatus.Exited(0);

  @TempDir static Path directory;
  private static BusyboxPod pod;

  @BeforeAll
  static void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
  }

  @AfterAll
  static void stopPod() throws IOException {
    pod.close();
  }

  @Test
  void twoViewersBothSeeEverythingUpToTheContainersEnd() throws Exception {
    PodContainer container = pod.container("sh", "-c", "seq 1 100000; echo done >&2").create();
    try (AttachedViewer one = AttachedViewer.watching(pod, container);
        AttachedViewer two = AttachedViewer.watching(pod, container)) {
      container.start();
      for (AttachedViewer each : List.of(one, two)) {
        assertThat(each.status()).isEqualTo(SUCCESS);
        assertThat(each.output())
            .startsWith("1\n2\n")
            .endsWith("\n99999\n100000\n")
            .hasSize(588895);
        assertThat(each.errorOutput()).isEqualTo("done\n");
      }
    }
  }

  @Test
  void aContainerThatHasEndedIsSaidToHaveThoughItsExitIsStillBeingRecorded() throws Exception {
    PodContainer container = pod.container("sh", "-c", "exit 3");
    Path go = container.home().resolve("go");
    String cleanup = "while [ ! -e " + go + " ]; do sleep 0.05; done";
    container.create(it -> it.cleanupCommand(List.of("/bin/sh", "-c", cleanup))).start();
    Await.until("exit file", container::hasExited);
    try (AttachedViewer late = AttachedViewer.watching(pod, container)) {
      assertThat(late.status())
          .isInstanceOfSatisfying(
              ExecStatus.Failed.class,
              failed ->
                  assertThat(failed.message()).contains("container has ended with exit code 3"));
    } finally {
      Files.createFile(go);
    }
  }

  @Test
  void whatOneTypesReachesTheContainerAndItsAnswerReachesAll() throws Exception {
    PodContainer container = pod.container("sh", "-c", "read a; echo got $a; exec sleep 1000000");
    container.create(it -> it.stdin(true)).start();
    try (AttachedViewer typist = AttachedViewer.typing(pod, container);
        AttachedViewer other = AttachedViewer.watching(pod, container)) {
      typist.type("hello\n");
      typist.awaitOutput("got hello\n");
      other.awaitOutput("got hello\n");
    }
  }

  @Test
  void aTerminalIsResizedByWhoIsAttached() throws Exception {
    PodContainer container = pod.terminalContainer("sh").run();
    try (AttachedViewer typist = AttachedViewer.typing(pod, container)) {
      typist.resize(new WindowSize(91, 33));
      typist.type("stty size\n");
      typist.awaitOutput("33 91\r\n");
    }
  }

  @Test
  void aViewerOfASilentContainerThatGoesAwayLeavesNothingBehind() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    try (AttachedViewer first = AttachedViewer.watching(pod, container)) {
      assertThat(first.output()).isEmpty();
    }
    int before = pod.process().descriptors().size();
    for (int i = 0; i < 20; i++) {
      try (AttachedViewer viewer = AttachedViewer.watching(pod, container)) {
        assertThat(viewer.output()).isEmpty();
      }
    }
    Await.until(
        "descriptors as before: " + before, () -> pod.process().descriptors().size() <= before);
  }

  @Test
  void theEndOfTheTypistsInputDetachesItAndTheContainerGoesOn() throws Exception {
    PodContainer container = pod.container("sh", "-c", "while read a; do echo got $a; done");
    container.create(it -> it.stdin(true)).start();
    try (AttachedViewer typist = AttachedViewer.typing(pod, container)) {
      typist.type("one\n");
      typist.awaitOutput("got one\n");
      typist.endInput();
      assertThat(typist.status()).isEqualTo(SUCCESS);
    }
    try (AttachedViewer next = AttachedViewer.typing(pod, container)) {
      next.type("two\n");
      next.awaitOutput("got two\n");
    }
    assertThat(container.hasExited()).isFalse();
  }
}
