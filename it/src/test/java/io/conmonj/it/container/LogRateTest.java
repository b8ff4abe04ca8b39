package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that was told how fast containers may log. */
@Timeout(300)
@NeedsContainers
class LogRateTest {
  private static final int LINES = 200_000;
  private static final String NOTE = "conmonj: ";

  @TempDir Path directory;

  @Test
  void whatIsTooMuchIsDroppedAndTheLogTellsOfEveryLineThatItLacks() throws Exception {
    try (BusyboxPod pod =
        BusyboxPod.startWith(directory, "--log-rate-lines=100", "--log-rate-policy=drop")) {
      PodContainer container = pod.container("seq", "1", Integer.toString(LINES)).run();
      Await.until("exit file", container::hasExited);
      List<String> kept = new ArrayList<>();
      long dropped = 0;
      for (String line : CriLogFiles.lines("stdout", List.of(container.log()))) {
        if (line.startsWith(NOTE)) {
          assertThat(line).endsWith(" bytes not logged: more than 100 lines/s");
          dropped += Long.parseLong(line.substring(NOTE.length(), line.indexOf(" lines")));
        } else {
          kept.add(line);
        }
      }
      assertThat(dropped).isPositive();
      assertThat(kept.size() + dropped).isEqualTo(LINES);
      assertThat(kept).startsWith("1", "2", "3");
    }
  }

  @Test
  void whatIsTooMuchWaitsAndIsInTheLogWhenTheExitIsAnnounced() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory, "--log-rate-bytes=1000000")) {
      PodContainer container = pod.container("seq", "1", Integer.toString(LINES)).run();
      Await.until("exit file", container::hasExited);
      assertThat(CriLogFiles.lines("stdout", List.of(container.log())))
          .isEqualTo(IntStream.rangeClosed(1, LINES).mapToObj(Integer::toString).toList());
    }
  }
}
