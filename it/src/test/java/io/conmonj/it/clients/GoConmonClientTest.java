package io.conmonj.it.clients;

import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.Runc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Go client library of conmon-rs, the one in CRI-O, drives the built monitor on the real runc.
 */
@NeedsContainers
class GoConmonClientTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path scratch;

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
            "-monitor", Distribution.program("conmonrs").toString(),
            "-runtime", Runc.find().toString(),
            "-rootfs", rootfs.toString(),
            "-dir", Files.createDirectory(scratch.resolve("run")).toString()));
    ClientRun run = ClientRun.of(command, LIMIT);
    return Expectation.worksThroughout(run).asTests(run);
  }
}
