package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many containers of one pod end at once. */
@Timeout(300)
@NeedsContainers
class ManyExitsTest {
  private static final int CONTAINERS = 20;
  private static final int LINES = 20_000;

  /** Waits for a file, writes its lines and ends with its number. */
  private static final String SCRIPT =
      "until [ -e /go ]; do sleep 0.01; done; seq 1 " + LINES + "; exit $0";

  @TempDir Path directory;
  private BusyboxPod pod;

  @BeforeEach
  void startPod() throws IOException {
    pod = BusyboxPod.startQuietly(directory);
  }

  @AfterEach
  void stopPod() throws IOException {
    pod.close();
  }

  @Test
  void ofTwentyThatEndAtOnceEachHasItsWholeLogTheMomentItsExitFileAppears() throws Exception {
    List<PodContainer> waiting = new ArrayList<>();
    for (int i = 0; i < CONTAINERS; i++) {
      waiting.add(pod.container("sh", "-c", SCRIPT, "" + (100 + i)).run());
    }
    List<PodContainer> all = List.copyOf(waiting);
    for (PodContainer each : all) {
      Files.createFile(each.root().resolve("go"));
    }
    while (!waiting.isEmpty()) {
      Await.until("an exit", () -> waiting.stream().anyMatch(PodContainer::hasExited));
      for (PodContainer ended : waiting.stream().filter(PodContainer::hasExited).toList()) {
        List<String> lines = CriLogFiles.lines("stdout", List.of(ended.log()));
        assertThat(lines).hasSize(LINES);
        assertThat(lines.getLast()).isEqualTo("" + LINES);
        assertThat(ended.exitCode()).isEqualTo("" + (100 + all.indexOf(ended)));
        waiting.remove(ended);
      }
    }
  }
}
