package io.conmonj.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.DistributionCopy;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The holder has no room for further descriptors. */
@Timeout(240)
@NeedsContainers
class FullStoreTest {
  private static final int CONTAINERS = 6;

  /** For the monitor's own and those of some of the containers. */
  private static final int ROOM = 16;

  private static final String COMMAND =
      "echo begun; until [ -e /tmp/end ]; do usleep 20000; done; echo ended; exit 5";

  @TempDir Path directory;

  @Test
  void whatFindsNoRoomIsToldAndEndsWithItsWorkerAndNothingElseDoes() throws Exception {
    Path launcher =
        DistributionCopy.make(directory.resolve("distribution"))
            .withHolder("-DMOST_DESCRIPTORS=" + ROOM)
            .launcher();
    try (LoggedPod it = LoggedPod.start(launcher, directory)) {
      List<PodContainer> containers = new ArrayList<>();
      for (int i = 0; i < CONTAINERS; i++) {
        containers.add(it.pod().container("sh", "-c", COMMAND).run());
      }
      it.awaitSaid("would be lost with this worker");
      for (PodContainer each : containers) {
        Await.until("its first line", () -> lines(each).equals(List.of("begun")));
      }
      it.killWorker();
      it.reconnect();
      PodContainer kept = containers.getFirst();
      assertThat(kept.execSync("echo", "hello").stdout()).isEqualTo("hello\n");
      for (PodContainer each : containers) {
        Files.createFile(each.root().resolve("tmp/end"));
        Await.until("its exit is recorded", each::hasExited);
      }
      assertThat(kept.exitCode()).isEqualTo("5");
      assertThat(lines(kept)).containsExactly("begun", "ended");
      // What could not be kept has no reader any more; that it ended, and how, is known.
      assertThat(lines(containers.getLast())).containsExactly("begun");

      PodContainer another = it.pod().container("sh", "-c", COMMAND).run();
      Files.createFile(another.root().resolve("tmp/end"));
      Await.until("its exit is recorded", another::hasExited);
      assertThat(another.exitCode()).isEqualTo("5");
    }
  }

  private static List<String> lines(PodContainer container) {
    try {
      return CriLogFiles.lines("stdout", List.of(container.log()));
    } catch (IOException notYet) {
      return List.of();
    }
  }
}
