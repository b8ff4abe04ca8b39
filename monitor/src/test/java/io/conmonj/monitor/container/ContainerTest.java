package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.conmonj.kernel.Io;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.monitor.oci.RuntimeFailedException;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContainerTest extends WithContainers {
  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
  }

  @Test
  void aContainersOutputIsInItsLogAndItsCodeInItsExitFile() throws Exception {
    Container container =
        fixture.run(fixture.spec(false, false, "sh", "-c", "echo out; echo err >&2; exit 3"));
    assertThat(fixture.exit(container)).isEqualTo(3);
    assertThat(fixture.logged(container.id())).containsExactlyInAnyOrder("out", "err");
    assertThat(Files.readString(fixture.path(container.id(), "exit"))).isEqualTo("3");
  }

  @Test
  void whenTheExitFileAppearsAMillionLinesAreAllInTheLogInOrder() throws Exception {
    Container container = fixture.run(fixture.spec(false, false, "seq", "1", "1000000"));
    Path exitFile = fixture.path(container.id(), "exit");
    while (!Files.exists(exitFile)) {
      Thread.onSpinWait();
    }
    long expected = 1;
    try (var lines = Files.newBufferedReader(fixture.path(container.id(), "log"))) {
      StringBuilder joined = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(" ", 4);
        joined.append(fields[3]);
        if (fields[2].equals("F")) {
          if (!joined.toString().equals(Long.toString(expected))) {
            fail("line " + expected + " reads " + joined);
          }
          expected++;
          joined.setLength(0);
        }
      }
    }
    assertThat(expected).isEqualTo(1_000_001);
    assertThat(fixture.exit(container)).isZero();
  }

  @Test
  void whatIsWrittenToItsInputComesOutOfCatNulBytesIncluded() throws Exception {
    Container container = fixture.run(fixture.spec(false, true, "cat"));
    byte[] text = "a\0b\nlast\n".getBytes(StandardCharsets.UTF_8);
    fixture.thread.await(() -> container.stdin().orElseThrow().write(Unpooled.wrappedBuffer(text)));
    fixture.thread.run(() -> container.stdin().orElseThrow().closeWhenWritten());
    assertThat(fixture.exit(container)).isZero();
    assertThat(fixture.logged(container.id())).containsExactly("a\0b", "last");
  }

  @Test
  void aProcessThatOutlivesItAndHoldsItsOutputDoesNotKeepItFromEnding() throws Exception {
    CreateContainer spec =
        fixture.spec(false, false, "sh", "-c", "echo hi; sleep 100000 & echo $! >/tmp/child");
    Path config = fixture.path(spec.id(), "config.json");
    // Without a pid namespace of its own, its other processes live on.
    Files.writeString(
        config, Files.readString(config).replaceAll("\\{\\s*\"type\": \"pid\"\\s*},", ""));
    Container container = fixture.run(spec);
    assertThat(fixture.exit(container)).isZero();
    assertThat(fixture.logged(container.id())).containsExactly("hi");
    int child =
        Integer.parseInt(Files.readString(fixture.path(spec.id(), "rootfs/tmp/child")).strip());
    assertThat(Kill.process(child, Signal.KILL)).isTrue();
  }

  @Test
  void aContainerKnowsItsStatesAndIsForgottenWhenItsExitIsRecorded() throws Exception {
    Container container = fixture.sleeping();
    ContainerState before = fixture.thread.call(() -> container.state());
    assertThat(before).isEqualTo(new ContainerState.Running());
    fixture.thread.run(
        () -> assertThat(fixture.containers.get(container.id())).isSameAs(container));
    fixture.thread.run(container::kill);
    assertThat(fixture.exit(container)).isEqualTo(128 + Signal.KILL);
    ContainerState after = fixture.thread.call(() -> container.state());
    assertThat(after).isEqualTo(new ContainerState.Exited(128 + Signal.KILL));
    assertThatThrownBy(() -> fixture.thread.call(() -> fixture.containers.get(container.id())))
        .isInstanceOf(NoSuchContainerException.class)
        .hasMessage("child not available");
  }

  @Test
  void aTerminalHasItsSizeBeforeTheContainerStartsAndPipesHaveNone() throws Exception {
    Container onTerminal = fixture.create(fixture.spec(true, true, "stty", "size"));
    fixture.thread.run(() -> onTerminal.resize(new WindowSize(20, 10)));
    fixture.runc.run("start", onTerminal.id());
    assertThat(fixture.exit(onTerminal)).isZero();
    assertThat(Files.readString(fixture.path(onTerminal.id(), "log")))
        .endsWith(" stdout F 10 20\r\n");

    Container onPipes = fixture.create(fixture.spec(false, false, "true"));
    assertThatThrownBy(() -> fixture.thread.run(() -> onPipes.resize(new WindowSize(20, 10))))
        .hasMessage("container has no terminal");
  }

  @Test
  void aContainerMayCloseItsTerminalAndOpenItAgain() throws Exception {
    Container container =
        fixture.run(
            fixture.spec(
                true,
                true,
                "sh",
                "-c",
                // As systemd does: the console is opened for each message only.
                "echo one; exec <&- >&- 2>&-; sleep 1; echo two >/dev/console; sleep 1;"
                    + " echo three >/dev/console"));
    assertThat(fixture.exit(container)).isZero();
    assertThat(fixture.logged(container.id())).containsExactly("one", "two", "three");
  }

  @Test
  void theCleanupCommandRunsAfterTheExitFilesAndBeforeAnybodyIsTold() throws Exception {
    CreateContainer spec = fixture.spec(false, false, "sh", "-c", "exit 7");
    Path exit = fixture.path(spec.id(), "exit");
    Path copy = fixture.path(spec.id(), "copy");
    CreateContainer withCleanup =
        ContainerDraft.like(spec)
            .cleanupCommand("/bin/cp", exit.toString(), copy.toString())
            .create();
    assertThat(fixture.exit(fixture.run(withCleanup))).isEqualTo(7);
    assertThat(Files.readString(copy)).isEqualTo("7");
  }

  @Test
  void aCommandThatDoesNotExistFailsTheCreationWithTheRuntimesWords() throws Exception {
    for (boolean terminal : new boolean[] {false, true}) {
      CreateContainer spec = fixture.spec(terminal, false, "no-such-command");
      assertThatThrownBy(() -> fixture.create(spec))
          .isInstanceOf(RuntimeFailedException.class)
          .hasMessageContaining("runc create: child command exited with: 1: ")
          .hasMessageContaining("not found in $PATH");
    }
  }

  @Test
  void aMissingRootFileSystemFailsTheCreationWithTheRuntimesWords() throws Exception {
    for (boolean terminal : new boolean[] {false, true}) {
      CreateContainer spec = fixture.spec(terminal, false, "true");
      Path config = fixture.path(spec.id(), "config.json");
      Files.writeString(
          config, Files.readString(config).replace("\"rootfs\"", "\"no-such-rootfs\""));
      assertThatThrownBy(() -> fixture.create(spec))
          .isInstanceOf(RuntimeFailedException.class)
          .hasMessageContaining("no-such-rootfs");
    }
  }

  @Test
  void anIdThatIsInUseOrNoIdAtAllIsRefused() throws Exception {
    Container first = fixture.create(fixture.spec(false, false, "true"));
    CreateContainer other = fixture.spec(false, false, "true");
    assertThatThrownBy(() -> fixture.create(renamed(other, first.id())))
        .hasMessageContaining("exists already");
    for (String bad : List.of("", "-x", "a/b", "..", "a b")) {
      assertThatThrownBy(() -> fixture.create(renamed(other, bad)))
          .hasMessageContaining("not a valid container id");
    }
  }

  private static CreateContainer renamed(CreateContainer spec, String id) {
    return ContainerDraft.of(id, spec.arguments().bundle()).create();
  }

  @Test
  void descriptorsReachTheRuntimeInOrderAndLeakedOnesStayUntilTheExit() throws Exception {
    Pipe leaked = Pipe.open();
    Pipe given = Pipe.open();
    CreateContainer spec = fixture.spec(false, false, "sh", "-c", "echo from-3 >&3");
    CreateArguments preserving =
        new CreateArguments(
            spec.id(), spec.arguments().bundle(), false, List.of(), List.of("--preserve-fds=1"));
    CreateContainer withFds =
        ContainerDraft.like(spec, preserving)
            .additionalFds(given.writeEnd())
            .leakFds(leaked.writeEnd())
            .create();
    Container container = fixture.create(withFds);
    assertThat(given.writeEnd().closed()).isTrue();
    assertThat(leaked.writeEnd().closed()).isFalse();
    fixture.runc.run("start", container.id());
    assertThat(fixture.exit(container)).isZero();
    assertThat(leaked.writeEnd().closed()).isTrue();
    byte[] text = new byte[7];
    assertThat(Io.read(given.readEnd(), text)).isEqualTo(7);
    assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("from-3\n");
    given.close();
    leaked.close();
  }

  @Test
  void reopenedLogsGoOnInANewFileWithoutLosingALine() throws Exception {
    Container container =
        fixture.run(
            fixture.spec(false, true, "sh", "-c", "while read line; do echo \"$line\"; done"));
    Path log = fixture.path(container.id(), "log");
    for (int i = 0; i < 10; i++) {
      String line = "line " + i + "\n";
      fixture.thread.await(
          () ->
              container
                  .stdin()
                  .orElseThrow()
                  .write(Unpooled.copiedBuffer(line, StandardCharsets.UTF_8)));
      Files.move(log, fixture.path(container.id(), "log." + i));
      fixture.thread.await(container::reopenLogs);
    }
    fixture.thread.run(() -> container.stdin().orElseThrow().closeWhenWritten());
    assertThat(fixture.exit(container)).isZero();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      all.append(Files.readString(fixture.path(container.id(), "log." + i)));
    }
    all.append(Files.readString(log));
    for (int i = 0; i < 10; i++) {
      assertThat(all.toString()).containsOnlyOnce(" stdout F line " + i + "\n");
    }
  }

  @Test
  void whenMemoryIsShortTheLogIsWholeAndTheExitIsRecordedAndTheContainerNoticesNothing()
      throws Exception {
    SlowLog log = new SlowLog(false);
    log.letGo();
    log.lackMemory(2);
    CreateContainer plain = fixture.spec(false, false, "seq", "1", "50000");
    Container container =
        fixture.run(
            ContainerDraft.like(plain)
                .logs(List.of(() -> CompletableFuture.completedFuture(log)))
                .create());
    assertThat(fixture.exit(container)).isZero();
    assertThat(log.text()).startsWith("1\n2\n").endsWith("\n50000\n").hasSize(288_894);
    assertThat(Files.readString(fixture.path(container.id(), "exit"))).isEqualTo("0");
  }

  @Test
  void afterTheEndOfItsContainersAMonitorHasAsManyDescriptorsAsBefore() throws Exception {
    fixture.exit(fixture.run(fixture.spec(false, true, "true")));
    int before = Descriptors.open();
    for (int i = 0; i < 5; i++) {
      fixture.exit(fixture.run(fixture.spec(false, true, "true")));
      fixture.exit(fixture.run(fixture.spec(true, true, "true")));
    }
    assertThat(Descriptors.open()).isEqualTo(before);
  }
}
