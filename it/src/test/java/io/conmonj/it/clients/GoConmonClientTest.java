package io.conmonj.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.it.bundle.BusyboxBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Go client library of conmon-rs, the one in CRI-O, drives the built monitor on the real runc.
 */
class GoConmonClientTest {
  private static final Path MONITOR =
      Path.of(System.getProperty("conmonj.dist", "../monitor/target/conmonj"), "bin/conmonrs")
          .toAbsolutePath()
          .normalize();
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path scratch;

  @BeforeEach
  void needsRootAndTheBuiltMonitor() {
    boolean root = "root".equals(System.getProperty("user.name"));
    assumeTrue(root || System.getenv("CI") != null, "only root makes containers here");
    assertThat(MONITOR).as("the monitor that `make dist` builds").isExecutable();
  }

  /** With the request layout of conmon-rs 1.0 and later. */
  @TestFactory
  Stream<DynamicTest> newGeneration() throws IOException {
    return run("conmonrs-new");
  }

  /** With the layout before that, and {@code --cgroup-manager} on the monitor's command line. */
  @TestFactory
  Stream<DynamicTest> oldGeneration() throws IOException {
    return run("conmonrs-old");
  }

  private Stream<DynamicTest> run(String program) throws IOException {
    Path rootfs =
        BusyboxBundle.create(scratch.resolve("bundle"), false, List.of("true"))
            .directory()
            .resolve("rootfs");
    List<String> command = new ArrayList<>(ClientPrograms.command(program));
    command.addAll(
        List.of(
            "-monitor", MONITOR.toString(),
            "-runtime", runc().toString(),
            "-rootfs", rootfs.toString(),
            "-dir", Files.createDirectory(scratch.resolve("run")).toString()));
    ClientRun run = ClientRun.of(command, LIMIT);
    return Expectation.worksThroughout(run).asTests(run);
  }

  private static Path runc() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(directory -> Path.of(directory, "runc"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("runc is not installed"));
  }
}
