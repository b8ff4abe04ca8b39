package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
  private static final Path SCRIPT = Distribution.project().resolve("build/install");

  @TempDir Path work;

  @Test
  void anUpgradeLeavesRunningMonitorsTheirFilesAndClearsThemAwayLater() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("prefix"));
    install(Launched.distribution(), prefix);
    Path first = onlyTree(prefix);
    Path program = prefix.resolve("bin/conmonrs");
    try (RunningMonitor monitor = RunningMonitor.start(program, work.resolve("run"))) {
      install(changedDistribution(), prefix);
      assertThat(trees(prefix)).hasSize(2).contains(first);
      assertThat(program.toRealPath().startsWith(first)).isFalse();
      assertThat(monitor.mappedFiles())
          .anyMatch(file -> file.startsWith(first.toString()))
          // A memory file has no name anywhere, and so is always said to be deleted.
          .noneMatch(file -> file.endsWith("(deleted)") && !file.startsWith("/memfd:"));
      monitor.connect().close();
    }
    install(changedDistribution(), prefix);
    assertThat(onlyTree(prefix)).isNotEqualTo(first);
  }

  /** Its holder stayed that of the first tree, so that no process runs from the second. */
  @Test
  void aPodThatSleepsFindsTheProgramsThatItWasUpgradedTo() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("prefix"));
    install(Launched.distribution(), prefix);
    Path first = onlyTree(prefix);
    Path second;
    try (RunningMonitor monitor =
        RunningMonitor.start(prefix.resolve("bin/conmonj"), work.resolve("run"))) {
      install(distributionWhoseHolderDoesNotFollow(), prefix);
      second = prefix.resolve("bin/conmonj").toRealPath().getParent().getParent();
      assertThat(conmonjctl("upgrade")).contains(", " + second + ";", "its holder stays");
      conmonjctl("sleep");
      install(changedDistribution(), prefix);
      assertThat(trees(prefix)).hasSize(3).contains(first, second);
      assertThat(conmonjctl("version")).contains("Monitor process: " + monitor.pid());
      assertThat(monitor.mappedFiles()).anyMatch(file -> file.startsWith(second.toString()));
    }
    install(changedDistribution(), prefix);
    assertThat(onlyTree(prefix)).isNotIn(first, second);
  }

  /** Also where it was called by a relative path, here as it is found in PATH. */
  @Test
  @NeedsContainers
  void whatTheInstalledToolHasStartedIsUpgradedToWhatIsInstalledThen() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("prefix"));
    Path tool = prefix.resolve("bin/conmonjctl");
    install(Launched.distribution(), prefix);
    Launched started =
        Launched.run(
            Map.of("PATH", "bin:" + System.getenv("PATH")),
            List.of(
                "sh",
                "-c",
                "cd $0 && conmonjctl --runtime-dir $1/run --runtime /bin/true"
                    + " namespaces --base-path $1/pins pod-1",
                prefix.toString(),
                work.toString()));
    assertThat(started.exitStatus()).as(started.output()).isZero();
    try {
      install(changedDistribution(), prefix);
      assertThat(conmonjctl(tool, "upgrade"))
          .contains(", " + tool.toRealPath().getParent().getParent() + ";");
    } finally {
      conmonjctl(tool, "stop");
    }
  }

  private String conmonjctl(String command) throws Exception {
    return conmonjctl(Launched.program("conmonjctl"), command);
  }

  private String conmonjctl(Path tool, String... command) throws Exception {
    List<String> line =
        new ArrayList<>(List.of(tool.toString(), "--runtime-dir", work.resolve("run").toString()));
    line.addAll(List.of(command));
    Launched ran = Launched.run(Map.of(), line);
    assertThat(ran.exitStatus()).as(ran.output()).isZero();
    return ran.output();
  }

  private Path distributionWhoseHolderDoesNotFollow() throws Exception {
    Path stays = copyOfDistribution("stays");
    Path holder = stays.resolve("lib/holder/conmonj");
    Files.delete(holder);
    Files.writeString(
        holder,
        "#!/bin/sh\n[ \"$1\" != accepts ] || exit 1\nexec "
            + Launched.distribution().resolve("lib/holder/conmonj")
            + " \"$@\"\n");
    Files.setPosixFilePermissions(holder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return stays;
  }

  @Test
  void installingTheSameAgainChangesNoFileOfARunningMonitor() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("prefix"));
    install(Launched.distribution(), prefix);
    Object before = Files.getAttribute(onlyTree(prefix).resolve("lib/monitor.jar"), "unix:ino");
    install(Launched.distribution(), prefix);
    assertThat(Files.getAttribute(onlyTree(prefix).resolve("lib/monitor.jar"), "unix:ino"))
        .isEqualTo(before);
  }

  @Test
  void installingTheSameAgainMakesUpForFilesThatAreLostBesideTheMonitorsThatRun() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("prefix"));
    install(Launched.distribution(), prefix);
    Path damaged = onlyTree(prefix);
    Path program = prefix.resolve("bin/conmonj");
    Path whole;
    try (RunningMonitor monitor = RunningMonitor.start(program, work.resolve("run"))) {
      for (String lost : List.of("conmonj", "conmonrs", "conmonjctl")) {
        Files.delete(damaged.resolve("bin").resolve(lost));
      }
      Files.delete(damaged.resolve("bin"));
      Object before = Files.getAttribute(damaged.resolve("lib/monitor.jar"), "unix:ino");
      install(Launched.distribution(), prefix);
      whole = program.toRealPath().getParent().getParent();
      assertThat(trees(prefix)).containsExactlyInAnyOrder(damaged, whole);
      assertThat(Files.getAttribute(damaged.resolve("lib/monitor.jar"), "unix:ino"))
          .isEqualTo(before);
      assertThat(damaged.resolve("bin")).doesNotExist();
      assertThat(Launched.run(Map.of(), List.of(program.toString(), "--version")).exitStatus())
          .isZero();
      monitor.connect().close();
    }
    install(Launched.distribution(), prefix);
    assertThat(onlyTree(prefix)).isEqualTo(whole);
    install(Launched.distribution(), prefix);
    assertThat(onlyTree(prefix)).isEqualTo(whole);
  }

  @Test
  void installingTheSameAgainMakesUpForWhatIsNoLongerExecutableOrLinkedTo() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("prefix"));
    for (String lost : List.of("lib/holder/conmonj", "bin/conmonrs")) {
      install(Launched.distribution(), prefix);
      Path file = onlyTree(prefix).resolve(lost);
      if (Files.isSymbolicLink(file)) {
        Files.delete(file);
      } else {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
      install(Launched.distribution(), prefix);
      assertThat(onlyTree(prefix).resolve(lost)).isExecutable();
    }
  }

  @Test
  void ofTwoAtOnceNeitherClearsAwayWhatTheOtherIsAboutToLinkTo() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("prefix"));
    Path later = changedDistribution();
    Path linking = work.resolve("linking");
    Path hold = Files.createFile(work.resolve("hold"));
    Process first = begun(Launched.distribution(), prefix, lnThatWaits(linking, hold));
    try {
      RunningMonitor.await("its links", () -> Files.exists(linking) || !first.isAlive());
      Process second = begun(later, prefix, Map.of());
      RunningMonitor.await("its turn or end", () -> waits(second) || !second.isAlive());
      Files.delete(hold);
      assertThat(exitStatus(first)).as(Files.readString(work.resolve("said"))).isZero();
      assertThat(exitStatus(second)).as(Files.readString(work.resolve("said"))).isZero();
    } finally {
      Files.deleteIfExists(hold);
    }
    assertThat(onlyTree(prefix).resolve("bin/conmonjctl"))
        .hasSameBinaryContentAs(later.resolve("bin/conmonjctl"));
    for (String program : List.of("conmonj", "conmonrs", "conmonjctl")) {
      assertThat(prefix.resolve("bin").resolve(program).toRealPath())
          .startsWith(onlyTree(prefix))
          .isExecutable();
    }
  }

  /** An installation that goes on while the test does. */
  private Process begun(Path distribution, Path prefix, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", SCRIPT.toString(), distribution.toString(), "", prefix.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("said").toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * The environment in which {@code ln} says that it was called, and waits while a file is there.
   */
  private Map<String, String> lnThatWaits(Path called, Path hold) throws IOException {
    Path commands = Files.createDirectory(work.resolve("commands"));
    Path ln = commands.resolve("ln");
    Files.writeString(
        ln,
        ("#!/bin/sh\n: >'%s'\nwhile [ -e '%s' ]; do sleep 0.01; done\n"
                + "PATH=${PATH#*:}\nexec ln \"$@\"\n")
            .formatted(called, hold));
    Files.setPosixFilePermissions(ln, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Map.of("PATH", commands + ":" + System.getenv("PATH"));
  }

  private static boolean waits(Process installation) {
    return installation
        .descendants()
        .anyMatch(child -> child.info().command().orElse("").endsWith("/flock"));
  }

  private static int exitStatus(Process installation) {
    RunningMonitor.await("the end of an installation", () -> !installation.isAlive());
    return installation.exitValue();
  }

  /** In a pattern, {@code [a-z]*} would stand for something else. */
  @Test
  void aTreeInUseStaysWhateverCharactersAreInItsPath() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("[a-z]* ?\\"));
    install(Launched.distribution(), prefix);
    Path first = onlyTree(prefix);
    try (RunningMonitor monitor =
        RunningMonitor.start(prefix.resolve("bin/conmonj"), work.resolve("run"))) {
      install(changedDistribution(), prefix);
      assertThat(trees(prefix)).hasSize(2).contains(first);
      monitor.connect().close();
    }
    install(changedDistribution(), prefix);
    assertThat(onlyTree(prefix)).isNotEqualTo(first);
  }

  @Test
  void theExampleForCrioNamesTheInstalledMonitorWhateverCharactersAreInItsPath() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("a|b&c\\1\"d"));
    install(Launched.distribution(), prefix);
    assertThat(prefix.resolve("share/conmonj/10-conmonj.conf"))
        .content()
        .contains("\nmonitor_path = \"" + prefix.getParent() + "/a|b&c\\\\1\\\"d/bin/conmonrs\"\n");
  }

  @Test
  void theExampleForCrioNamesTheInstalledMonitor() throws Exception {
    Path prefix = Files.createDirectory(work.toRealPath().resolve("prefix"));
    install(Launched.distribution(), prefix);
    assertThat(prefix.resolve("share/conmonj/10-conmonj.conf"))
        .content()
        .contains("\nmonitor_path = \"" + prefix.resolve("bin/conmonrs") + "\"\n");
  }

  private static void install(Path distribution, Path prefix) throws Exception {
    Launched install =
        Launched.run(
            Map.of(),
            List.of("sh", SCRIPT.toString(), distribution.toString(), "", prefix.toString()));
    assertThat(install.exitStatus()).as(install.output()).isZero();
  }

  private Path changedDistribution() throws Exception {
    Path changed = work.resolve("changed");
    if (!Files.exists(changed)) {
      copyOfDistribution("changed");
      Files.writeString(
          changed.resolve("bin/conmonjctl"), "# of a later version\n", StandardOpenOption.APPEND);
    }
    return changed;
  }

  private Path copyOfDistribution(String name) throws Exception {
    Path copy = work.resolve(name);
    assertThat(
            Launched.run(
                Map.of(), List.of("cp", "-a", Launched.distribution().toString(), copy.toString())))
        .isEqualTo(new Launched(0, ""));
    return copy;
  }

  private static Path onlyTree(Path prefix) throws IOException {
    assertThat(trees(prefix)).hasSize(1);
    return trees(prefix).getFirst();
  }

  private static List<Path> trees(Path prefix) throws IOException {
    try (Stream<Path> trees = Files.list(prefix.resolve("lib/conmonj"))) {
      return trees.toList();
    }
  }
}
