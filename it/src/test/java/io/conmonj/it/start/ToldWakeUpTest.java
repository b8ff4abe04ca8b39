package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of a sleep, and of what has ended it. */
@Timeout(180)
@NeedsContainers
class ToldWakeUpTest {
  private static final String SPEAKS_WHEN_TOLD =
      "until [ -e /tmp/speak ]; do usleep 20000; done; echo said; sleep 1000000";

  @TempDir Path directory;

  private static String tool(BusyboxPod pod, String... command) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(Launched.program("conmonjctl").toString());
    all.add("--runtime-dir");
    all.add(pod.options().runtimeDir().toString());
    all.addAll(List.of(command));
    Launched done = Launched.run(Map.of(), all);
    assertThat(done.exitStatus()).as(done.output()).isZero();
    return done.output();
  }

  @Test
  void theToolTheMetricsAndTheLogSayThatItWasOutput() throws Exception {
    Path log = directory.resolve("own-log");
    try (BusyboxPod pod = BusyboxPod.startTalking(launcher(log), directory)) {
      PodContainer container = pod.container("sh", "-c", SPEAKS_WHEN_TOLD).run();
      assertThat(tool(pod, "info")).doesNotContainIgnoringCase("woken");
      assertThat(tool(pod, "sleep")).isEmpty();
      Files.createFile(container.root().resolve("tmp/speak"));
      Await.until("its output", () -> container.log().toFile().length() > 0);
      // It may have slept again by now: then it is asked for this as well.
      assertThat(tool(pod, "info"))
          .containsPattern("\nAsleep: +(once|2 times), \\d+ (s|min \\d+ s) in all\n")
          .containsPattern("\nWoken last: +by (output|call)\n")
          .containsPattern("\nWOKEN BY +TIMES\noutput +1\n");
      assertThat(tool(pod, "info", "-o", "json")).contains("{\"cause\":\"output\",\"times\":1}");
      assertThat(tool(pod, "metrics"))
          .contains("\nconmonj_wakes_total{reason=\"output\"} 1\n")
          .contains("\nconmonj_wakes_total{reason=\"exit\"} 0\n");
      assertThat(log).content().containsPattern(": awake after \\d+ s: output \\(c1\\.out\\)\n");
      assertThat(tool(pod, "sleep")).isEmpty();
      assertThat(tool(pod, "info")).containsPattern("\nWoken last: +by call\n");
      assertThat(log).content().containsPattern(": awake after \\d+ s: call \\(control\\)\n");
    }
  }

  private Path launcher(Path log) throws IOException {
    Path script = directory.resolve("launcher");
    Files.writeString(
        script, "#!/bin/sh\nexec %s \"$@\" >%s\n".formatted(Launched.program("conmonj"), log));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
