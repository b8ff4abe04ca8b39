package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.pod.Runc;
import io.conmonj.it.proc.MonitorFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The end of a monitor whose container does not end when it is killed. */
@Timeout(120)
@NeedsContainers
class HastenedEndTest {
  @TempDir Path directory;

  @Test
  void aSecondSignalEndsAMonitorThatWaitsForItsContainers() throws Exception {
    // There, and not in version 2, the kernel lets a killed process end only when it is thawed.
    assumeThat(Path.of("/sys/fs/cgroup/freezer")).as("freezer of cgroups version 1").isDirectory();
    Path log = directory.resolve("own-log");
    Runc runc;
    String id;
    try (BusyboxPod pod = BusyboxPod.startTalking(launcher(log), directory)) {
      PodContainer container = pod.container("sleep", "100000").run();
      runc = pod.runc();
      id = container.id();
      runc(runc, "pause", id);
      try {
        MonitorFacts monitor = pod.process();
        signal(monitor);
        Await.until("the first signal", () -> read(log).contains("ending on signal 2"));
        signal(monitor);
        Await.until("the monitor's end", () -> !monitor.isAlive());
        assertThat(read(log)).contains("ending at once: signal 2 while ending");
      } finally {
        runc(runc, "resume", id);
      }
    }
  }

  private Path launcher(Path log) throws IOException {
    Path script = directory.resolve("launcher");
    Files.writeString(
        script, "#!/bin/sh\nexec %s \"$@\" >%s\n".formatted(Distribution.program("conmonj"), log));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static void signal(MonitorFacts process) throws Exception {
    run("kill", "-INT", Long.toString(process.pid()));
  }

  private static void runc(Runc runc, String command, String id) throws Exception {
    run(runc.program().toString(), "--root", runc.root().toString(), command, id);
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException notYet) {
      return "";
    }
  }
}
