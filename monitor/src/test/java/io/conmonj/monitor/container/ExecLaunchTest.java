package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.ExecArguments;
import io.conmonj.monitor.oci.RuntimeLimits;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecLaunchTest {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final ContainerLimits DEFAULT = ContainerLimits.DEFAULT;
  private static final ContainerLimits IMPATIENT =
      new ContainerLimits(
          new RuntimeLimits(DEFAULT.runtime().create(), SOON, DEFAULT.runtime().delete()),
          DEFAULT.console(),
          DEFAULT.containerDrain(),
          DEFAULT.execDrain(),
          DEFAULT.logFlush(),
          SOON,
          DEFAULT.cleanup(),
          DEFAULT.execGrace());

  @TempDir Path directory;

  @Test
  void aBundleOnADiskThatHangsIsAnErrorAndNotAWaitForEver() throws Exception {
    ContainersFixture fixture = ContainersFixture.withRunc(directory, IMPATIENT);
    try {
      Container container = fixture.sleeping();
      Path config = fixture.path(container.id(), "config.json");
      Path kept = Files.move(config, config.resolveSibling("kept.json"));
      makeFifo(config);
      ExecSpec onTerminal =
          new ExecSpec(
              ExecArguments.of(List.of("true")),
              true,
              false,
              Optional.of(new WindowSize(80, 24)),
              List.of());
      ExecProcess process = fixture.thread.call(() -> container.exec(onTerminal));
      assertThatThrownBy(() -> LoopThread.await(process.finished()))
          .hasMessageContaining("exec: did not finish within 2 s");
      // Lets the thread go that still waits for the disk.
      try (RandomAccessFile disk = new RandomAccessFile(config.toFile(), "rw")) {
        disk.writeByte('{');
        Files.move(kept, config, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      fixture.close();
    }
  }

  private static void makeFifo(Path path) throws Exception {
    if (new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor() != 0) {
      throw new AssertionError("mkfifo " + path + " failed");
    }
  }
}
