package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.oci.FaultyProcesses;
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

  @Test
  void oneForWhichThereAreNoDescriptorsIsStartedWhenThereAre() throws Exception {
    fixture = ContainersFixture.withFaults(directory, new Allocations());
    fixture.thread.run(() -> processes().refuse("/bin/sh", 3));
    CreateContainer spec = fixture.spec(false, false, "sh", "-c", "exit 7");
    Path told = fixture.path(spec.id(), "told");
    CreateContainer cleaned =
        ContainerDraft.like(spec).cleanupCommand("/bin/sh", "-c", "echo over >> " + told).create();
    assertThat(fixture.exit(fixture.run(cleaned))).isEqualTo(7);
    assertThat(fixture.thread.call(processes()::refusals)).isZero();
    assertThat(told).hasContent("over");
  }

  private FaultyProcesses processes() {
    return (FaultyProcesses) fixture.processes;
  }
}
