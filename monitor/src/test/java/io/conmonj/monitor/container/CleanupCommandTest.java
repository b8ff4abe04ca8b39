package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CleanupCommandTest extends WithContainers {
  private static final ContainerLimits DEFAULT = ContainerLimits.DEFAULT;
  private static final ContainerLimits IMPATIENT =
      new ContainerLimits(
          DEFAULT.runtime(),
          DEFAULT.console(),
          DEFAULT.containerDrain(),
          DEFAULT.execDrain(),
          DEFAULT.logFlush(),
          DEFAULT.files(),
          Duration.ofSeconds(2),
          DEFAULT.execGrace());

  @Test
  void oneThatHangsIsKilledAndTheContainersEndIsToldAllTheSame() throws Exception {
    fixture = ContainersFixture.withRunc(directory, IMPATIENT);
    CreateContainer spec = fixture.spec(false, false, "sh", "-c", "exit 7");
    Path begun = fixture.path(spec.id(), "begun");
    CreateContainer hanging =
        ContainerDraft.like(spec)
            .cleanupCommand("/bin/sh", "-c", "echo $$ >" + begun + "; exec sleep 100000")
            .create();
    assertThat(fixture.exit(fixture.run(hanging))).isEqualTo(7);
    assertThat(Path.of("/proc", Files.readString(begun).strip())).doesNotExist();
  }
}
