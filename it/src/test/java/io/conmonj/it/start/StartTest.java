package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  // proc(5): fields of /proc/PID/stat
  private static final int PROCESS_GROUP = 5;
  private static final int SESSION = 6;

  @TempDir Path work;
  private Path directory;

  @BeforeEach
  void chooseDirectory() {
    directory = work.resolve("run");
  }

  @Test
  void theMonitorListensWhenItsLauncherEnds() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(directory);
        SocketChannel channel = monitor.connect()) {
      assertThat(channel.isConnected()).isTrue();
    }
  }

  @Test
  void thePidfileHoldsThePidAndNothingElse() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(directory)) {
      assertThat(Files.readString(directory.resolve("pidfile")))
          .isEqualTo(Long.toString(monitor.pid()));
      assertThat(monitor.name()).isEqualTo("conmonj");
    }
  }

  @Test
  void underTheCompatibleNameTheProcessBearsIt() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(Launched.program("conmonrs"), directory)) {
      assertThat(monitor.name()).isEqualTo("conmonrs");
    }
  }

  @Test
  void theMonitorLeadsASessionOfItsOwn() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(directory)) {
      assertThat(monitor.stat(SESSION)).isEqualTo(Long.toString(monitor.pid()));
      assertThat(monitor.stat(PROCESS_GROUP)).isEqualTo(Long.toString(monitor.pid()));
    }
  }

  @Test
  void directoryAndSocketAreTheOwnersAlone() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(directory)) {
      assertThat(permissions(directory)).isEqualTo("rwx------");
      assertThat(permissions(monitor.socket())).isEqualTo("rw-------");
    }
  }

  @Test
  void aSecondMonitorForTheSameDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(directory)) {
      Launched second = launch(directory);
      assertThat(second.exitStatus()).isEqualTo(1);
      assertThat(second.output())
          .isEqualTo(
              "error: runtime directory %s belongs to a monitor that is running%n", directory);
      monitor.connect().close();
    }
  }

  @Test
  void aSocketThatAKilledMonitorLeftIsReplaced() throws Exception {
    RunningMonitor killed = RunningMonitor.start(directory);
    killed.killAll();
    killed.awaitEnd();
    assertThat(killed.socket()).exists();
    try (RunningMonitor next = RunningMonitor.start(directory)) {
      next.connect().close();
    }
  }

  @Test
  void aRuntimeDirectoryMayHaveALongerNameThanASocketAddressHolds() throws Exception {
    Path deep = directory.resolve("d".repeat(100)).resolve("e".repeat(100));
    try (RunningMonitor monitor = RunningMonitor.start(deep)) {
      assertThat(Files.exists(monitor.socket())).isTrue();
      monitor.signal("TERM");
      monitor.awaitEnd();
      assertThat(Files.exists(monitor.socket())).isFalse();
    }
  }

  @Test
  void aNameThatIsNotAsciiIsTakenInAnyLocale() throws Exception {
    Path named = work.resolve("h\u00f6hle");
    Launched launched = launchIn(Map.of("LC_ALL", "C"), named);
    assertThat(launched).isEqualTo(new Launched(0, ""));
    try (RunningMonitor monitor = new RunningMonitor(named)) {
      monitor.connect().close();
    }
  }

  @Test
  void whatKeepsItFromStartingIsSaidByTheLauncher() throws Exception {
    Launched launched =
        Launched.run("conmonj", "--runtime", "/no/such", "--runtime-dir", directory.toString());
    assertThat(launched.exitStatus()).isEqualTo(1);
    assertThat(launched.output())
        .isEqualTo("error: create server: validate config: --runtime '/no/such' does not exist\n");
    assertThat(directory).doesNotExist();
  }

  @Test
  void missingFlagsAreNamed() throws Exception {
    assertThat(Launched.run("conmonj"))
        .isEqualTo(
            new Launched(1, "error: create server: validate config: --runtime flag not set\n"));
    assertThat(Launched.run("conmonj", "--runtime", "/bin/true"))
        .isEqualTo(
            new Launched(1, "error: create server: validate config: --runtime-dir flag not set\n"));
  }

  @Test
  void aRuntimeDirectoryThatCannotBeMadeIsAnError() throws Exception {
    Path file = Files.createFile(work.resolve("file"));
    Launched launched = launch(file.resolve("run"));
    assertThat(launched.exitStatus()).isEqualTo(1);
    assertThat(launched.output()).startsWith("error: create runtime directory " + file);
  }

  @Test
  void anUnknownFlagIsAUsageErrorInTheWordsThatClientsLookFor() throws Exception {
    Launched launched = Launched.run("conmonrs", "--no-such-flag");
    assertThat(launched.exitStatus()).isEqualTo(2);
    assertThat(launched.output()).startsWith("error: unexpected argument '--no-such-flag' found");
  }

  @Test
  void theRuntimesRootIsMade() throws Exception {
    Path root = work.resolve("a/root");
    List<String> command = command(directory);
    command.addAll(List.of("--runtime-root", root.toString()));
    assertThat(Launched.run(Map.of(), command)).isEqualTo(new Launched(0, ""));
    try (RunningMonitor monitor = new RunningMonitor(directory)) {
      assertThat(monitor.alive()).isTrue();
      assertThat(root).isDirectory();
    }
  }

  @Test
  void theRuntimesRootIsTheOwnersAloneWhateverTheUmask() throws Exception {
    Path root = work.resolve("a/root");
    List<String> shell = new ArrayList<>(List.of("sh", "-c", "umask 0; exec \"$@\"", "sh"));
    shell.addAll(command(directory));
    shell.addAll(List.of("--runtime-root", root.toString()));
    assertThat(Launched.run(Map.of(), shell)).isEqualTo(new Launched(0, ""));
    try (RunningMonitor _ = new RunningMonitor(directory)) {
      assertThat(permissions(root)).isEqualTo("rwx------");
      assertThat(permissions(root.getParent())).isEqualTo("rwxr-xr-x");
      assertThat(permissions(directory.resolve("pidfile"))).isEqualTo("rw-r--r--");
    }
  }

  @Test
  void aRuntimeDirectoryThatOthersCanWriteToIsRefused() throws Exception {
    Files.createDirectory(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(launch(directory))
        .isEqualTo(
            new Launched(1, "error: runtime directory " + directory + " is writable by others\n"));
  }

  @Test
  void relativePathsAreMeantFromWhereItWasStartedAndItDoesNotStayThere() throws Exception {
    Path here = Files.createDirectory(work.resolve("here"));
    Files.createSymbolicLink(here.resolve("runtime"), Path.of("/bin/true"));
    List<String> shell =
        List.of(
            "sh",
            "-c",
            "cd \"$1\" && shift && exec \"$@\"",
            "sh",
            here.toString(),
            Launched.program("conmonj").toString(),
            "--runtime=runtime",
            "--runtime-dir=../run",
            "--runtime-root=root",
            "--log-driver=none");
    assertThat(Launched.run(Map.of(), shell)).isEqualTo(new Launched(0, ""));
    try (RunningMonitor monitor = new RunningMonitor(directory)) {
      assertThat(monitor.workingDirectory()).isEqualTo(Path.of("/"));
      assertThat(here.resolve("root")).isDirectory();
      monitor.connect().close();
    }
  }

  @Test
  void inTheForegroundThereIsNoSecondProcessAndNoPidfile() throws Exception {
    List<String> command = command(directory);
    command.add("--skip-fork");
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      RunningMonitor.await("the socket", () -> Files.exists(directory.resolve("conmon.sock")));
      assertThat(directory.resolve("pidfile")).doesNotExist();
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor()).isZero();
    assertThat(directory.resolve("conmon.sock")).doesNotExist();
  }

  @Test
  void whatTheLauncherInheritedStaysWithIt() throws Exception {
    Path secret = Files.createFile(work.resolve("secret"));
    String script = "exec 5<" + secret + " 9<" + secret + "; exec \"$@\"";
    List<String> shell = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    shell.addAll(command(directory));
    assertThat(Launched.run(Map.of(), shell)).isEqualTo(new Launched(0, ""));
    try (RunningMonitor monitor = new RunningMonitor(directory)) {
      assertThat(monitor.descriptors())
          .doesNotContain(secret.toString())
          .filteredOn(target -> target.startsWith("pipe:"))
          .isEmpty();
    }
  }

  @Test
  void aMonitorThatEndedCannotBeConnectedTo() throws Exception {
    RunningMonitor monitor = RunningMonitor.start(directory);
    monitor.close();
    assertThatThrownBy(monitor::connect).isInstanceOf(IOException.class);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> command(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Launched.program("conmonj").toString());
    command.addAll(RunningMonitor.arguments(directory));
    return command;
  }

  private static Launched launch(Path directory) throws IOException, InterruptedException {
    return launchIn(Map.of(), directory);
  }

  private static Launched launchIn(Map<String, String> environment, Path directory)
      throws IOException, InterruptedException {
    return Launched.run(environment, command(directory));
  }
}
