package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.ExecArguments;
import io.conmonj.monitor.oci.RuntimeFailedException;
import io.conmonj.monitor.stdio.DrainLimits;
import io.conmonj.monitor.stdio.Follower;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecTest extends WithContainers {
  /** For how long output is waited for that a child in the background holds. */
  private static final Duration QUIET = Duration.ofSeconds(4);

  private static final ContainerLimits LIMITS = limits();

  private Container container;

  private static ContainerLimits limits() {
    ContainerLimits limits = ContainerLimits.DEFAULT;
    DrainLimits drain = limits.execDrain();
    return new ContainerLimits(
        limits.runtime(),
        limits.console(),
        limits.containerDrain(),
        new DrainLimits(QUIET, drain.total(), drain.heldBack()),
        limits.logFlush(),
        limits.files(),
        limits.cleanup(),
        limits.execGrace());
  }

  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory, LIMITS);
    container = fixture.sleeping();
  }

  private ExecSyncResult sync(Duration timeout, String... command) throws Exception {
    return fixture.thread.await(
        () -> container.execSync(ContainersFixture.exec(false, false, command), timeout).result());
  }

  @Test
  void bothStreamsAndTheCodeComeBackApart() throws Exception {
    try (ExecSyncResult result =
        sync(Duration.ZERO, "sh", "-c", "echo out; echo err >&2; exit 3")) {
      assertThat(result.stdout().toString(StandardCharsets.UTF_8)).isEqualTo("out\n");
      assertThat(result.stderr().toString(StandardCharsets.UTF_8)).isEqualTo("err\n");
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.timedOut()).isFalse();
      assertThat(result.stdoutTruncated()).isFalse();
    }
  }

  @Test
  void aCommandThatTakesTooLongIsKilledWithItsGroupAndSaysSo() throws Exception {
    try (ExecSyncResult result =
        sync(Duration.ofSeconds(2), "sh", "-c", "echo first; sleep 100000")) {
      assertThat(result.timedOut()).isTrue();
      assertThat(result.exitCode()).isEqualTo(ExecSyncResult.TIMED_OUT);
      assertThat(result.stdout().toString(StandardCharsets.UTF_8)).isEqualTo("first\n");
    }
    awaitNoProcess("echo first");
  }

  @Test
  void aBackgroundChildNeitherBlocksACommandNorMakesItLate() throws Exception {
    try (ExecSyncResult result =
        sync(QUIET.minusSeconds(1), "sh", "-c", "sleep 100000 & echo hi")) {
      assertThat(result.timedOut()).isFalse();
      assertThat(result.exitCode()).isZero();
      assertThat(result.stdout().toString(StandardCharsets.UTF_8)).isEqualTo("hi\n");
    }
  }

  @Test
  void bothOutputsTogetherStayBelowWhatReachesTheKubeletAndTheCutIsMarked() throws Exception {
    int limit = Capture.MAX_BYTES;
    int stdout = 8 * 1024 * 1024;
    assertThat(limit).isEqualTo(16 * 1024 * 1024 - 64 * 1024);
    try (ExecSyncResult result =
        sync(
            Duration.ZERO,
            "sh",
            "-c",
            "dd if=/dev/zero bs=64k count=128; dd if=/dev/zero bs=64k count=257 >&2")) {
      assertThat(result.stdout().readableBytes()).isEqualTo(stdout);
      assertThat(result.stdoutTruncated()).isFalse();
      assertThat(result.stderr().readableBytes()).isEqualTo(limit - stdout);
      assertThat(result.stderrTruncated()).isTrue();
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void outputOfExactlyWhatReachesTheKubeletIsWhole() throws Exception {
    // What dd says of its work on stderr would ask for a part of the room, before or after the end
    // of stdout is read.
    try (ExecSyncResult result =
        sync(Duration.ZERO, "sh", "-c", "dd if=/dev/zero bs=64k count=255 2>/dev/null")) {
      assertThat(result.stdout().readableBytes()).isEqualTo(Capture.MAX_BYTES);
      assertThat(result.stdoutTruncated()).isFalse();
      assertThat(result.stderr().readableBytes()).isZero();
      assertThat(result.stderrTruncated()).isFalse();
    }
  }

  @Test
  void aChattyChildInTheBackgroundIsWaitedForNoLongerThanTheTimeoutAndKilledThen()
      throws Exception {
    String chatty = "(while :; do echo chatty; busybox usleep 50000; done) & exit 3";
    try (ExecSyncResult result = sync(Duration.ofSeconds(2), "sh", "-c", chatty)) {
      assertThat(result.timedOut()).isFalse();
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.stdout().toString(StandardCharsets.UTF_8)).startsWith("chatty\n");
    }
    awaitNoProcess("chatty");
  }

  @Test
  void aChattyChildOutsideTheGroupOfACommandThatTookTooLongIsNotWaitedFor() throws Exception {
    String chatty = "(exec setsid sh -c 'while :; do echo chatty; sleep 0.05; done') & sleep 1000";
    long before = System.nanoTime();
    try (ExecSyncResult result = sync(Duration.ofSeconds(1), "sh", "-c", chatty)) {
      assertThat(result.timedOut()).isTrue();
    }
    // Generous, and still less than the time for which a command without a timeout is waited for.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
  }

  private void awaitNoProcess(String words) throws Exception {
    while (ContainersFixture.stdout(sync(Duration.ZERO, "busybox", "ps")).contains(words)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aCommandThatCannotBeStartedIsAFailureInTheRuntimesWords() {
    for (boolean terminal : new boolean[] {false, true}) {
      ExecSpec spec = ContainersFixture.exec(terminal, false, "no-such-command");
      assertThatThrownBy(
              () -> fixture.thread.await(() -> container.execSync(spec, Duration.ZERO).result()))
          .isInstanceOf(RuntimeFailedException.class)
          .hasMessageContaining("runc exec: child command exited with: ")
          .hasMessageContaining("not found in $PATH");
    }
  }

  @Test
  void environmentDirectoryAndUserAreThoseAskedFor() throws Exception {
    ExecSpec spec =
        new ExecSpec(
            new ExecArguments(
                List.of("sh", "-c", "echo $A; pwd; busybox id -u; busybox id -G"),
                List.of("A=x y"),
                Optional.of("/tmp"),
                Optional.of("7:8"),
                List.of("9")),
            false,
            false,
            Optional.empty(),
            List.of());
    assertThat(
            ContainersFixture.stdout(
                fixture.thread.await(() -> container.execSync(spec, Duration.ZERO).result())))
        .isEqualTo("x y\n/tmp\n7\n8 9\n");
  }

  @Test
  void inputGoesThroughAndItsEndEndsCat() throws Exception {
    Follower output = new Follower();
    ExecProcess cat = start(ContainersFixture.exec(false, true, "cat"), output);
    byte[] big = new byte[3_000_000];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i % 251);
    }
    for (int at = 0; at < big.length; at += 100_000) {
      int from = at;
      fixture.thread.await(
          () -> cat.stdin().orElseThrow().write(Unpooled.wrappedBuffer(big, from, 100_000)));
    }
    fixture.thread.run(() -> cat.stdin().orElseThrow().closeWhenWritten());
    assertThat(fixture.thread.await(cat::finished)).isZero();
    assertThat(output.bytes()).isEqualTo(big);
  }

  @Test
  void aReaderThatPausesHoldsTheProcessBackAndGetsEverything() throws Exception {
    Follower output = new Follower();
    ExecProcess process =
        fixture.thread.await(
            () ->
                container
                    .exec(
                        ContainersFixture.exec(false, false, "sh", "-c", "seq 1 100000; echo end"))
                    .started());
    fixture.thread.run(
        () -> {
          process.deliver(output, output);
          process.outputs().getFirst().pause();
        });
    for (int turn = 0; turn < 200; turn++) {
      fixture.thread.run(() -> {});
    }
    assertThat(process.exited()).isNotDone();
    fixture.thread.run(() -> process.outputs().getFirst().resume());
    assertThat(fixture.thread.await(process::finished)).isZero();
    assertThat(output.text()).startsWith("1\n2\n").endsWith("99999\n100000\nend\n");
    assertThat(output.text().length()).isEqualTo(588_895 + 4);
  }

  @Test
  void aTerminalHasTheSizeOfItsClientFromTheStartAndEchoesWhatIsTyped() throws Exception {
    Follower output = new Follower();
    CompletableFuture<ExecProcess> started = new CompletableFuture<>();
    fixture.thread.run(
        () -> {
          ExecProcess process =
              container.exec(
                  new ExecSpec(
                      ExecArguments.of(
                          List.of("sh", "-c", "stty size; read x; stty size; echo got $x")),
                      true,
                      true,
                      Optional.of(new WindowSize(77, 33)),
                      List.of()));
          var _ = process.started().thenAccept(started::complete);
        });
    ExecProcess process = LoopThread.await(started);
    fixture.thread.run(() -> process.deliver(output, output));
    output.awaitText("33 77\r\n");
    fixture.thread.run(() -> process.resize(new WindowSize(88, 44)));
    fixture.thread.await(
        () ->
            process
                .stdin()
                .orElseThrow()
                .write(Unpooled.copiedBuffer("typed\n", StandardCharsets.UTF_8)));
    assertThat(fixture.thread.await(process::finished)).isZero();
    assertThat(output.text()).isEqualTo("33 77\r\ntyped\r\n44 88\r\ngot typed\r\n");
  }

  @Test
  void whenTheClientIsGoneATerminalIsHungUp() throws Exception {
    Follower output = new Follower();
    ExecProcess process = start(ContainersFixture.exec(true, true, "sleep", "100000"), output);
    fixture.thread.run(process::hangUp);
    assertThat(fixture.thread.await(process::finished)).isEqualTo(128 + 1);
  }

  @Test
  void whenTheClientIsGonePipesAreClosed() throws Exception {
    Follower output = new Follower();
    ExecProcess process =
        start(ContainersFixture.exec(false, true, "sh", "-c", "cat; echo x; exit 5"), output);
    fixture.thread.run(process::hangUp);
    assertThat(fixture.thread.await(process::finished)).isIn(5, 1, 2, 128 + 13);
  }

  @Test
  void fiftyAtOnceAllGiveTheirOwnOutputAndCodeAndLeaveNothingOpen() throws Exception {
    ContainersFixture.stdout(fixture.execSync(container, "true"));
    int before = Descriptors.open();
    List<CompletableFuture<ExecSyncResult>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String command = "echo " + i + "; exit " + i;
      all.add(
          fixture.thread.call(
              () ->
                  container
                      .execSync(
                          ContainersFixture.exec(false, false, "sh", "-c", command), Duration.ZERO)
                      .result()));
    }
    for (int i = 0; i < 50; i++) {
      ExecSyncResult result = LoopThread.await(all.get(i));
      assertThat(result.exitCode()).isEqualTo(i);
      assertThat(ContainersFixture.stdout(result)).isEqualTo(i + "\n");
    }
    assertThat(Descriptors.open()).isEqualTo(before);
    assertThat(directory.resolve("monitor")).isEmptyDirectory();
    assertThat(fixture.thread.call(() -> fixture.containers.execs().size())).isZero();
  }

  @Test
  void aTerminalForEachOfTwentyExecsLeavesNothingOpenEither() throws Exception {
    ContainersFixture.stdout(fixture.execSync(container, "true"));
    int before = Descriptors.open();
    for (int i = 0; i < 20; i++) {
      ExecSpec spec = ContainersFixture.exec(true, false, "echo", "x");
      assertThat(
              ContainersFixture.stdout(
                  fixture.thread.await(() -> container.execSync(spec, Duration.ZERO).result())))
          .isEqualTo("x\r\n");
    }
    assertThat(Descriptors.open()).isEqualTo(before);
    assertThat(directory.resolve("monitor")).isEmptyDirectory();
  }

  private ExecProcess start(ExecSpec spec, Follower output) throws Exception {
    ExecProcess process = fixture.thread.await(() -> container.exec(spec).started());
    fixture.thread.run(() -> process.deliver(output, output));
    return process;
  }

  @Test
  void aMonitorIsInUseWhileACommandRunsInAContainerThatIsNotItsOwn() throws Exception {
    CreateContainer others = fixture.spec(false, false, "sleep", "100000");
    String bundle = fixture.directory.resolve(others.id()).toString();
    fixture.runc.detached("run", "--detach", "--bundle", bundle, others.id());
    fixture.runc.run("kill", container.id(), "KILL");
    fixture.exit(container);
    awaitIdle();
    ExecSyncRun run =
        fixture.thread.call(
            () ->
                fixture
                    .containers
                    .foreign()
                    .execSync(
                        others.id(),
                        ContainersFixture.exec(false, false, "sleep", "100000"),
                        Duration.ZERO));
    assertThat(fixture.thread.call(fixture.containers::isIdle)).isFalse();
    fixture.thread.run(run::cancel);
    awaitIdle();
  }

  private void awaitIdle() throws Exception {
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!fixture.thread.call(fixture.containers::isIdle)) {
      assertThat(System.nanoTime()).as("waited in vain to be idle").isLessThan(deadline);
      Thread.sleep(5);
    }
  }
}
