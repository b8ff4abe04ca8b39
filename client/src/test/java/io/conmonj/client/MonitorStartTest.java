package io.conmonj.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class MonitorStartTest {
  private final ClientLoop loop = new ClientLoop();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    loop.close();
  }

  private Path launcher(String body) throws IOException {
    Path script = directory.resolve("launcher");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private MonitorOptions options(Path launcher) {
    return new MonitorOptions(
        launcher,
        Path.of("/usr/sbin/runc"),
        directory.resolve("run"),
        Optional.of(directory.resolve("root")),
        "debug",
        "none",
        List.of("--extra"),
        Map.of("MARK", "set"),
        Duration.ofSeconds(30));
  }

  @Test
  void joinsWhatTheLauncherStartedAndRemovesThePidFile() throws Exception {
    Path run = directory.resolve("run");
    Path words = directory.resolve("words");
    Path launcher =
        launcher("printf '%s\\n' \"$*\" \"$MARK\" > " + words + "; printf 1 > " + run + "/pidfile");
    try (FakeMonitor fake = new FakeMonitor(run);
        Monitor monitor = Monitor.start(loop, options(launcher))) {
      assertThat(Replies.await(monitor.version(false)).version()).isEqualTo("1.2.3");
      assertThat(fake.requests()).isEmpty();
    }
    assertThat(Files.readAllLines(words))
        .containsExactly(
            "--runtime /usr/sbin/runc --runtime-dir "
                + run
                + " --runtime-root "
                + directory.resolve("root")
                + " --log-level debug --log-driver none --extra",
            "set");
    assertThat(run.resolve("pidfile")).doesNotExist();
  }

  @Test
  void aMonitorThatIsThereIsJoinedAndNotStarted() throws Exception {
    Path launcher = launcher("exit 1");
    try (FakeMonitor fake = new FakeMonitor(directory.resolve("run"));
        Monitor monitor = Monitor.startOrJoin(loop, options(launcher))) {
      Replies.await(monitor.reopenLog("x"));
      assertThat(fake.requests()).containsExactly("reopenLog x");
    }
  }

  @Test
  void whoFindsFirstTheDirectoryMadeAndThenItsMonitorOnTheWayJoinsThat() throws Exception {
    Path runs = directory.resolve("runs");
    Path launcher =
        launcher(
            "echo run >> %s; [ $(wc -l < %s) = 2 ] && echo 'belongs to a monitor that is running' >&2"
                    .formatted(runs, runs)
                + " || echo 'exists already' >&2; exit 1");
    CompletableFuture<Monitor> joined =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Monitor.startOrJoin(loop, options(launcher));
              } catch (IOException lost) {
                throw new UncheckedIOException(lost);
              }
            });
    Eventually.await(
        "two have been lost",
        () -> joined.isDone() || (Files.exists(runs) && read(runs).equals("run\nrun\n")));
    try (FakeMonitor fake = new FakeMonitor(directory.resolve("run"));
        Monitor monitor = joined.get(60, TimeUnit.SECONDS)) {
      Replies.await(monitor.reopenLog("x"));
      assertThat(fake.requests()).containsExactly("reopenLog x");
    }
  }

  @Test
  void theLaunchersErrorIsTold() throws Exception {
    Path launcher = launcher("echo 'validate config: no such runtime' >&2; exit 1");
    assertThatThrownBy(() -> Monitor.startOrJoin(loop, options(launcher)))
        .isInstanceOf(MonitorStartException.class)
        .hasMessage(
            "start monitor: " + launcher + " exited with 1: validate config: no such runtime");
  }

  @Test
  void aLauncherThatLeavesAChildWithItsErrorOutputDoesNotHoldTheStartUp() throws Exception {
    Path launcher = launcher("sleep 600 & echo $! > " + directory + "/child; echo no >&2; exit 1");
    try {
      assertThatThrownBy(() -> Monitor.start(loop, options(launcher)))
          .isInstanceOf(MonitorStartException.class)
          .hasMessageEndingWith("exited with 1: no");
    } finally {
      long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
      ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aLauncherThatIsNotThereIsNamed() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> Monitor.start(loop, options(missing)))
        .isInstanceOf(MonitorStartException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void aLauncherWithoutAMonitorIsAnError() throws Exception {
    Path launcher = launcher("exit 0");
    assertThatThrownBy(() -> Monitor.start(loop, options(launcher)))
        .isInstanceOf(MonitorStartException.class)
        .hasMessageContaining("it was launched, but then: no monitor at");
  }

  @Test
  void aProcessHasEndedWhenItIsAZombie() throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try {
      long child;
      try (var reader = shell.inputReader()) {
        child = Long.parseLong(reader.readLine());
      }
      MonitorProcess process = new MonitorProcess(child);
      assertThat(process.ended()).isFalse();
      // Its parent becomes another program, which never waits for it.
      Path parent = Path.of("/proc/" + shell.pid() + "/comm");
      Eventually.await("the parent is sleep", () -> read(parent).equals("sleep\n"));
      process.terminate();
      assertThat(process.awaitEnd(Duration.ofSeconds(30))).isTrue();
      assertThat(read(Path.of("/proc/" + child + "/stat"))).contains(") Z ");
    } finally {
      shell.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
