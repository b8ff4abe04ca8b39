package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.OpenFile;
import io.conmonj.monitor.loop.LoopThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose process it is that the runtime names; the runtime here is a script. */
@Timeout(120)
class ForeignContainersTest {
  private static final String ID = "others";

  @TempDir Path directory;
  private ContainersFixture fixture;
  private Process process;

  @BeforeEach
  void start() throws Exception {
    process = new ProcessBuilder("sleep", "100000").start();
    fixture =
        ContainersFixture.withScript(
            directory,
            ContainerLimits.DEFAULT,
            """
            cd %s
            pid=$(head -n 1 pids)
            [ "$pid" ] || { echo "container does not exist" >&2; exit 1; }
            sed -i 1d pids
            echo "{\\"id\\": \\"others\\", \\"pid\\": $pid}"
            """
                .formatted(directory));
  }

  @AfterEach
  void stop() throws Exception {
    process.destroyForcibly().waitFor();
    fixture.close();
  }

  @Test
  void theNetworkIsThatOfTheProcessThatTheRuntimeNamesTwice() throws Exception {
    runtimeSays(process.pid(), process.pid());
    try (Fd network = openNetwork();
        Fd own = OpenFile.forReading("/proc/self/ns/net")) {
      assertThat(FileStatus.of(network)).isEqualTo(FileStatus.of(own));
    }
    // It is known now, and the runtime has no more answers.
    openNetwork().close();
  }

  @Test
  void aNumberThatIsAnotherOnesAtTheSecondLookIsNotFollowed() throws Exception {
    runtimeSays(process.pid(), ProcessHandle.current().pid());
    assertThatThrownBy(this::openNetwork).isInstanceOf(NoSuchContainerException.class);
    runtimeSays(process.pid(), 0);
    assertThatThrownBy(this::openNetwork).isInstanceOf(NoSuchContainerException.class);
    runtimeSays(process.pid());
    assertThatThrownBy(this::openNetwork).isInstanceOf(NoSuchContainerException.class);
  }

  @Test
  void whereThereIsNoProcessThereIsNoContainer() throws Exception {
    runtimeSays();
    assertThatThrownBy(this::openNetwork)
        .isInstanceOf(NoSuchContainerException.class)
        .hasMessage("child not available");
    runtimeSays(0);
    assertThatThrownBy(this::openNetwork).isInstanceOf(NoSuchContainerException.class);
    process.destroyForcibly().waitFor();
    runtimeSays(process.pid(), process.pid());
    assertThatThrownBy(this::openNetwork).isInstanceOf(NoSuchContainerException.class);
  }

  @Test
  void oneThatHasEndedIsForgottenAndNothingIsHeldForIt() throws Exception {
    runtimeSays(process.pid(), process.pid());
    openNetwork().close();
    int held = Descriptors.open();
    process.destroyForcibly().waitFor();
    assertThatThrownBy(this::openNetwork).isInstanceOf(NoSuchContainerException.class);
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (Descriptors.open() >= held) {
      assertThat(System.nanoTime()).as("waited in vain to be forgotten").isLessThan(deadline);
      Thread.sleep(5);
    }
    Process other = new ProcessBuilder("sleep", "100000").start();
    try {
      runtimeSays(other.pid(), other.pid());
      openNetwork().close();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void theRuntimeIsNotAskedForWhatIsNoId() throws Exception {
    runtimeSays(process.pid(), process.pid());
    for (String id : List.of("", "--help", "../others")) {
      assertThatThrownBy(() -> fixture.thread.await(() -> foreign().openNetwork(id)))
          .isInstanceOf(NoSuchContainerException.class);
      assertThatThrownBy(() -> fixture.thread.await(() -> foreign().check(id)))
          .isInstanceOf(NoSuchContainerException.class);
    }
    assertThat(directory.resolve("pids")).content().hasLineCount(2);
  }

  private Fd openNetwork() throws Exception {
    return fixture.thread.await(() -> foreign().openNetwork(ID));
  }

  private ForeignContainers foreign() {
    return fixture.containers.foreign();
  }

  private void runtimeSays(long... pids) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (long pid : pids) {
      lines.append(pid).append('\n');
    }
    Files.writeString(directory.resolve("pids"), lines);
  }
}
