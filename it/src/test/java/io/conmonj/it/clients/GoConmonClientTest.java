package io.conmonj.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.Runc;
import io.conmonj.it.proof.ProofTable;
import io.conmonj.it.sleep.ForcedSleeps;
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
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration STARTS_LIMIT = Duration.ofMinutes(20);
  private static final int STARTS = Integer.getInteger("conmonj.starts", 200);

  /** Between some checks something keeps a monitor awake, and on a busy machine more often. */
  private static final int LEAST_SLEEPS = 20;

  @TempDir Path scratch;

  /** With the request layout of conmon-rs 1.0 and later. */
  @TestFactory
  Stream<DynamicTest> newGeneration() throws IOException {
    return allOf("conmonrs-new");
  }

  /** With the layout before that, and {@code --cgroup-manager} on the monitor's command line. */
  @TestFactory
  Stream<DynamicTest> oldGeneration() throws IOException {
    return allOf("conmonrs-old");
  }

  /** Whatever is asked for, and whatever a container says, comes to a monitor that sleeps. */
  @TestFactory
  Stream<DynamicTest> asleepBetweenAllSteps() throws IOException {
    try (ForcedSleeps sleeps = new ForcedSleeps()) {
      ClientRun run = run("conmonrs-new", LIMIT, List.of(), "CONMONJ_PAUSE=300ms");
      long count = sleeps.count();
      DynamicTest slept =
          dynamicTest(
              "sleeps",
              () -> assertThat(count).as("%s", sleeps.refusals()).isGreaterThan(LEAST_SLEEPS));
      return Stream.concat(Expectation.worksThroughout(run).asTests(run), Stream.of(slept));
    }
  }

  /** The client gives a monitor very little time from the end of its launcher on. */
  @TestFactory
  Stream<DynamicTest> starts() throws IOException {
    ClientRun run = run("conmonrs-new", STARTS_LIMIT, List.of("-starts", "" + STARTS));
    return Expectation.worksThroughout(run).asTests(run);
  }

  private Stream<DynamicTest> allOf(String program) throws IOException {
    ClientRun run = run(program, LIMIT, List.of());
    DynamicTest table =
        dynamicTest(
            "makes every check of the table",
            () ->
                assertThat(run.checks())
                    .extracting(Check::check)
                    .containsAll(ProofTable.CALLS.names()));
    return Stream.concat(Expectation.worksThroughout(run).asTests(run), Stream.of(table));
  }

  private ClientRun run(String program, Duration limit, List<String> further, String... variables)
      throws IOException {
    Path rootfs =
        BusyboxBundle.create(scratch.resolve("bundle"), false, List.of("true"))
            .directory()
            .resolve("rootfs");
    List<String> command = new ArrayList<>(List.of("env"));
    command.addAll(List.of(variables));
    command.addAll(ClientPrograms.command(program));
    command.addAll(
        List.of(
            "-monitor", Distribution.program("conmonrs").toString(),
            "-runtime", Runc.find().toString(),
            "-rootfs", rootfs.toString(),
            "-dir", Files.createDirectory(scratch.resolve("run")).toString()));
    command.addAll(further);
    return ClientRun.of(command, limit);
  }
}
