package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.monitor.oci.RuntimeFailedException;
import io.conmonj.monitor.oci.RuntimeLimits;
import io.conmonj.monitor.stdio.DrainLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A shell script stands in for a runtime that misbehaves. Its last argument is the id. */
class LaunchFaultTest extends WithContainers {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATER = Duration.ofSeconds(50);

  /** Kills a runtime that hangs soon. */
  private static final ContainerLimits IMPATIENT = limits(SOON, SOON);

  /** Waits longer for the runtime than any test does. */
  private static final ContainerLimits PATIENT = limits(LATER, SOON);

  private static ContainerLimits limits(Duration runtime, Duration console) {
    return new ContainerLimits(
        new RuntimeLimits(runtime, runtime, runtime),
        console,
        DrainLimits.DEFAULT,
        DrainLimits.DEFAULT,
        LATER,
        SOON,
        LATER,
        Duration.ZERO);
  }

  private CreateContainer spec(boolean terminal) {
    return spec("fake", terminal);
  }

  private CreateContainer spec(String id, boolean terminal) {
    return ContainerDraft.of(ContainerDraft.arguments(id, directory.toString()), terminal, false)
        .create();
  }

  private CompletableFuture<Container> create(
      ContainerLimits limits, boolean terminal, String script) throws Exception {
    fixture = ContainersFixture.withScript(directory, limits, script);
    return fixture.thread.call(() -> fixture.containers.create(spec(terminal)));
  }

  @Test
  void aRuntimeThatHangsIsKilledAndTheErrorSaysWhatItHadSaid() throws Exception {
    CompletableFuture<Container> hanging =
        create(IMPATIENT, false, "echo about to hang >&2; sleep 100000");
    assertThatThrownBy(() -> LoopThread.await(hanging))
        .isInstanceOf(RuntimeFailedException.class)
        .hasMessage(
            "fake-runtime create: did not finish within " + SOON.toSeconds() + " s: about to hang");
  }

  @Test
  void whileARuntimeHangsTheLoopAnswersAndOtherLaunchesGoOn() throws Exception {
    CompletableFuture<Container> hanging =
        create(
            PATIENT,
            false,
            "case \"$*\" in *delete*|*' state '*) ;; *hanging*) sleep 100000;; *) echo no >&2; exit 1;; esac");
    assertThatThrownBy(() -> LoopThread.await(hanging)).hasMessageContaining("with: 1: no");
    CompletableFuture<Container> stuck =
        fixture.thread.call(() -> fixture.containers.create(spec("hanging", false)));
    assertThatThrownBy(() -> fixture.create(spec(false))).hasMessageContaining("with: 1: no");
    assertThat(stuck).isNotDone();
  }

  @Test
  void aWordThatNoProgramCanGetIsRefusedAndTheMonitorGoesOn() throws Exception {
    CompletableFuture<Container> first = create(PATIENT, false, "exit 1");
    assertThatThrownBy(() -> LoopThread.await(first)).hasMessageContaining("with: 1");
    CreateArguments arguments =
        new CreateArguments("nul", directory.toString(), false, List.of("a\0b"), List.of());
    CreateContainer spec = ContainerDraft.of(arguments, true, false).create();
    assertThatThrownBy(() -> fixture.create(spec)).hasMessageContaining("NUL");
    assertThat(directory.resolve("monitor")).isEmptyDirectory();
    assertThatThrownBy(() -> fixture.create(spec)).hasMessageContaining("NUL");
  }

  @Test
  void aLogThatCannotBeOpenedFailsTheCreationBeforeTheRuntimeIsCalled() throws Exception {
    Path calls = directory.resolve("calls");
    fixture = ContainersFixture.withScript(directory, PATIENT, "echo x >>" + calls);
    LogOpener refusing = () -> CompletableFuture.failedFuture(new IOException("open log: no"));
    LogOpener silent = CompletableFuture::new;
    assertThatThrownBy(() -> fixture.create(withLog(refusing))).hasMessage("open log: no");
    assertThatThrownBy(() -> fixture.create(withLog(silent)))
        .hasMessage("open log of container: the disk does not answer");
    assertThat(calls).doesNotExist();
  }

  private CreateContainer withLog(LogOpener log) {
    return ContainerDraft.of("fake", directory.toString()).logs(List.of(log)).create();
  }

  @Test
  void aRuntimeThatIsKilledIsReportedWithItsSignal() throws Exception {
    CompletableFuture<Container> killed = create(PATIENT, false, "kill -9 $$");
    assertThatThrownBy(() -> LoopThread.await(killed))
        .hasMessage("fake-runtime create: child command exited with: signal 9");
  }

  @Test
  void aRuntimeThatCannotBeStartedIsReportedByName() throws Exception {
    CompletableFuture<Container> first = create(PATIENT, false, "exit 1");
    assertThatThrownBy(() -> LoopThread.await(first)).hasMessageContaining("exited with: 1");
    Files.delete(directory.resolve("fake-runtime"));
    assertThatThrownBy(() -> fixture.create(spec(false)))
        .hasMessageContaining("fake-runtime create: ")
        .hasMessageContaining("ENOENT");
  }

  @Test
  void aRuntimeThatDiesWithoutConnectingToItsConsoleIsReportedAtOnce() throws Exception {
    CompletableFuture<Container> dead = create(PATIENT, true, "echo no rootfs >&2; exit 1");
    assertThatThrownBy(() -> LoopThread.await(dead))
        .hasMessage("fake-runtime create: child command exited with: 1: no rootfs");
  }

  @Test
  void aRuntimeThatEndsWellButDeliversNoTerminalIsReported() throws Exception {
    CompletableFuture<Container> silent = create(PATIENT, true, "exit 0");
    assertThatThrownBy(() -> LoopThread.await(silent))
        .hasMessageContaining("create: the runtime delivered no terminal");
  }

  @Test
  void aRuntimeThatNeverConnectsToItsConsoleIsKilled() throws Exception {
    CompletableFuture<Container> silent = create(IMPATIENT, true, "sleep 100000");
    assertThatThrownBy(() -> LoopThread.await(silent))
        .hasMessageContaining("did not finish within");
    assertThat(directory.resolve("monitor")).isEmptyDirectory();
  }

  @Test
  void aMissingOrSenselessPidFileIsReported() throws Exception {
    CompletableFuture<Container> none = create(PATIENT, false, "exit 0");
    assertThatThrownBy(() -> LoopThread.await(none))
        .hasMessage("read pid file " + directory + "/pidfile: ENOENT (No such file or directory)");
    Files.writeString(directory.resolve("pidfile"), "many");
    assertThatThrownBy(() -> fixture.create(spec(false)))
        .hasMessageContaining("pidfile: not a number: many");
    Files.writeString(directory.resolve("pidfile"), "1");
    assertThatThrownBy(() -> fixture.create(spec(false)))
        .hasMessageContaining("pidfile: not a process: 1");
  }

  @Test
  void whatTheRuntimeMadeIsDeletedWhenWeCannotUseIt() throws Exception {
    Path calls = directory.resolve("calls");
    CompletableFuture<Container> unusable =
        create(PATIENT, false, "echo \"$*\" >>" + calls + "; exit 0");
    assertThatThrownBy(() -> LoopThread.await(unusable)).hasMessageContaining("pidfile");
    assertThat(Files.readAllLines(calls)).hasSize(2);
    assertThat(Files.readAllLines(calls).get(1)).endsWith(" delete --force fake");
  }

  @Test
  void whenTheRuntimeItselfRefusesNothingIsDeletedSinceItMayBeAnothersContainer() throws Exception {
    Path calls = directory.resolve("calls");
    CompletableFuture<Container> refused =
        create(PATIENT, false, "echo \"$*\" >>" + calls + "; exit 1");
    assertThatThrownBy(() -> LoopThread.await(refused)).hasMessageContaining("with: 1");
    assertThat(Files.readAllLines(calls)).hasSize(1);
  }

  @Test
  void aTorrentOfRuntimeMessagesDoesNotBlockAndOnlyItsEndIsKept() throws Exception {
    CompletableFuture<Container> noisy =
        create(PATIENT, false, "seq 1 2000000 >&2; echo the reason >&2; exit 1");
    assertThatThrownBy(() -> LoopThread.await(noisy))
        .hasMessageEndingWith("2000000\nthe reason")
        .satisfies(error -> assertThat(error.getMessage().length()).isLessThan(17_000));
  }

  @Test
  void stoppingEndsLaunchesThatHang() throws Exception {
    CompletableFuture<Container> hanging =
        create(PATIENT, false, "case \"$*\" in *delete*|*' state '*) ;; *) sleep 100000;; esac");
    fixture.thread.await(() -> fixture.containers.shutdown(LoopThread.PATIENCE));
    assertThatThrownBy(() -> LoopThread.await(hanging))
        .hasMessageContaining("the monitor is stopping");
    assertThatThrownBy(() -> fixture.create(spec(false)))
        .hasMessageContaining("the monitor is stopping");
  }

  @Test
  void failedLaunchesLeaveNothingOpen() throws Exception {
    CompletableFuture<Container> first = create(PATIENT, true, "exit 1");
    assertThatThrownBy(() -> LoopThread.await(first)).hasMessageContaining("with: 1");
    int before = Descriptors.open();
    for (int i = 0; i < 20; i++) {
      boolean terminal = i % 2 == 0;
      assertThatThrownBy(() -> fixture.create(spec(terminal))).hasMessageContaining("with: 1");
    }
    assertThat(Descriptors.open()).isEqualTo(before);
    assertThat(directory.resolve("monitor")).isEmptyDirectory();
  }
}
