package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.DistributionCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor whose runtime directory is cleared away, by one who does not stop it. */
@Timeout(600)
class AbandonedTest {
  /**
   * Instead of once a minute. Long enough that another monitor takes the place of one that has not
   * looked yet.
   */
  private static final String LOOKS = "-Dconmonj.abandonment.seconds=5";

  @TempDir Path work;
  private Path launcher;

  @BeforeEach
  void copy() throws IOException {
    launcher = DistributionCopy.make(work.resolve("distribution")).withOption(LOOKS).launcher();
  }

  @Test
  void aMonitorInWhichNothingRunsEndsWhenItsDirectoryWasRemovedAndSaysWhy() throws Exception {
    Path directory = work.resolve("run");
    Path log = work.resolve("log");
    Launched launched =
        Launched.run(
            Map.of(),
            List.of(
                "sh",
                "-c",
                "exec \"$0\" --runtime /bin/true --runtime-dir \"$1\" --log-driver stdout >\"$2\"",
                launcher.toString(),
                directory.toString(),
                log.toString()));
    assertThat(launched).isEqualTo(new Launched(0, ""));
    RunningMonitor monitor = new RunningMonitor(directory);
    Files.delete(directory.resolve("pidfile"));
    Files.delete(directory.resolve("metrics.sock"));
    Files.delete(monitor.socket());
    Files.delete(directory);
    // One that has the directory now is another one, and keeps its socket.
    try (RunningMonitor next = RunningMonitor.start(directory)) {
      awaitLooks(monitor);
      assertThat(log)
          .content()
          .contains(
              monitor.socket()
                  + " was removed, so nobody can reach this monitor, and nothing runs in it");
      next.connect().close();
    }
  }

  /** It is woken each ten minutes; a signal does the same. */
  @Test
  void oneThatSleepsEndsWhenItIsWokenAndMakesNothingAnew() throws Exception {
    Path directory = work.resolve("run");
    RunningMonitor monitor = RunningMonitor.start(launcher, directory);
    assertThat(Launched.run("conmonjctl", "--runtime-dir", directory.toString(), "sleep"))
        .isEqualTo(new Launched(0, ""));
    for (String each : List.of("pidfile", "metrics.sock", "conmon.sock")) {
      Files.delete(directory.resolve(each));
    }
    Files.delete(directory);
    monitor.signal("HUP");
    awaitLooks(monitor);
    assertThat(directory).doesNotExist();
  }

  private static void awaitLooks(RunningMonitor monitor) throws InterruptedException {
    while (monitor.alive()) {
      Thread.sleep(100);
    }
  }
}
