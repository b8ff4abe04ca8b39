package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.log.SmallDisk;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitFilesTest {
  private static final int SMALL = 64 * 1024;

  @TempDir Path directory;

  private static List<String> write(int exitCode, String... paths) {
    ExitFiles.Attempt attempt = new ExitFiles(List.of(paths), exitCode, List.of()).attempt(false);
    assertThat(attempt.over()).isTrue();
    return attempt.failures();
  }

  @Test
  void theCodeStandsInDecimalWithoutANewlineAndReplacesWhatWasThere() throws Exception {
    Path file = Files.writeString(directory.resolve("exit"), "an old and longer text");
    assertThat(write(137, file.toString())).isEmpty();
    assertThat(Files.readString(file)).isEqualTo("137");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    assertThat(directory.toFile().list()).containsExactly("exit");
  }

  @Test
  void oneThatCannotBePutInPlaceLeavesNothingBehind() throws Exception {
    Path taken = Files.createDirectories(directory.resolve("exit/is-a-directory")).getParent();
    assertThat(write(0, taken.toString()))
        .containsExactly("rename exit file " + taken + ": EISDIR (Is a directory)");
    assertThat(directory.toFile().list()).containsExactly("exit");
  }

  @Test
  void oneThatCannotBeWrittenIsReportedAndTheOthersAreWritten() throws Exception {
    String bad = Files.createFile(directory.resolve("file")).resolve("exit").toString();
    String good = directory.resolve("exit").toString();
    assertThat(write(0, bad, good))
        .containsExactly("write exit file " + bad + ": ENOTDIR (Not a directory)");
    assertThat(Files.readString(Path.of(good))).isEqualTo("0");
  }

  @Test
  void oneWhoseDirectoryIsGoneIsWrittenWhenThatIsThereAgainAndTheOthersAtOnce() throws Exception {
    Path gone = directory.resolve("gone/exit");
    Path good = directory.resolve("exit");
    ExitFiles files = new ExitFiles(List.of(gone.toString(), good.toString()), 5, List.of());
    for (int i = 0; i < 2; i++) {
      assertThat(files.attempt(false))
          .isEqualTo(
              new ExitFiles.Attempt(
                  List.of("write exit file " + gone + ": ENOENT (No such file or directory)"),
                  false));
      assertThat(files.isHomeless()).isTrue();
      assertThat(files.left()).containsExactly(gone.toString());
      assertThat(good).hasContent("5");
    }
    Files.delete(good);
    Files.createDirectory(gone.getParent());
    assertThat(files.attempt(false)).isEqualTo(new ExitFiles.Attempt(List.of(), true));
    assertThat(gone).hasContent("5");
    assertThat(good).doesNotExist();
  }

  @Test
  void theLongestNamesThatAFileMayHaveWork() throws Exception {
    for (int length : new int[] {240, 255}) {
      Path file = directory.resolve("x".repeat(length));
      ExitFiles.check(file.toString());
      assertThat(write(3, file.toString())).isEmpty();
      assertThat(Files.readString(file)).isEqualTo("3");
    }
  }

  @Test
  void aPathThatCannotBeIsToldBeforehand() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertRefused("/", "it is a directory");
    assertRefused(directory.toString(), "it is a directory");
    assertRefused(directory + "/", "it is a directory");
    assertRefused(directory + "/..", "it is a directory");
    assertRefused(directory + "/absent/exit", "ENOENT (No such file or directory)");
    assertRefused(file + "/exit", "ENOTDIR (Not a directory)");
    assertRefused(directory + "/" + "x".repeat(256), "ENAMETOOLONG (File name too long)");
  }

  private static void assertRefused(String path, String reason) {
    assertThatThrownBy(() -> ExitFiles.check(path)).hasMessage("exit path " + path + ": " + reason);
  }

  @Test
  void aPathThatCanBeIsNotRefused() throws Exception {
    Files.createSymbolicLink(directory.resolve("link"), directory);
    Path old = Files.writeString(directory.resolve("old"), "0");
    for (String path : List.of(directory + "/new", directory + "/link/new", old.toString())) {
      assertThatCode(() -> ExitFiles.check(path)).doesNotThrowAnyException();
    }
  }

  @Test
  void thatMemoryWasLackingIsToldByEmptyFilesBeforeTheCodeIs() throws Exception {
    try (WatchService watcher = FileSystems.getDefault().newWatchService()) {
      directory.register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
      String exit = directory.resolve("exit").toString();
      String oom = directory.resolve("oom").toString();
      ExitFiles files = new ExitFiles(List.of(exit), 137, List.of(oom));
      assertThat(files.attempt(false)).isEqualTo(new ExitFiles.Attempt(List.of(), true));
      List<String> seen = new ArrayList<>();
      while (!seen.contains("exit")) {
        WatchKey key = watcher.take();
        key.pollEvents().forEach(event -> seen.add(event.context().toString()));
        key.reset();
      }
      assertThat(seen).filteredOn(name -> !name.startsWith(".")).containsExactly("oom", "exit");
    }
    assertThat(directory.resolve("oom")).isEmptyFile();
    assertThat(directory.resolve("exit")).hasContent("137");
  }

  @Test
  void anEmptyFileThatCannotBeHoldsTheOthersNotBack() throws Exception {
    Path taken = Files.createDirectories(directory.resolve("oom/is-a-directory")).getParent();
    Path exit = directory.resolve("exit");
    ExitFiles files = new ExitFiles(List.of(exit.toString()), 5, List.of(taken.toString()));
    assertThat(files.attempt(false).failures())
        .containsExactly("rename exit file " + taken + ": EISDIR (Is a directory)");
    assertThat(exit).hasContent("5");
  }

  @Test
  void whileThereIsNoRoomForOneNoneIsInItsPlaceAndThenAllAre() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, SMALL)) {
      Path ballast = disk.fill(SMALL);
      Path watched = directory.resolve("watched");
      Path lasting = disk.path().resolve("lasting");
      ExitFiles files =
          new ExitFiles(List.of(watched.toString(), lasting.toString()), 5, List.of());
      for (int i = 0; i < 3; i++) {
        assertThat(files.attempt(false))
            .isEqualTo(
                new ExitFiles.Attempt(
                    List.of("write exit file " + lasting + ": ENOSPC (No space left on device)"),
                    false));
        assertThat(watched).doesNotExist();
        assertThat(lasting).doesNotExist();
      }
      Files.delete(ballast);
      assertThat(files.attempt(false)).isEqualTo(new ExitFiles.Attempt(List.of(), true));
      assertThat(watched).hasContent("5");
      assertThat(lasting).hasContent("5");
      assertThat(disk.path().toFile().list()).containsExactly("lasting");
    }
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("watched", "disk");
  }

  @Test
  void theLastAttemptPutsInPlaceWhatItCanAndLeavesNothingElse() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, SMALL)) {
      disk.fill(SMALL);
      Path watched = directory.resolve("watched");
      Path lasting = disk.path().resolve("lasting");
      ExitFiles files =
          new ExitFiles(List.of(watched.toString(), lasting.toString()), 5, List.of());
      assertThat(files.attempt(false).over()).isFalse();
      ExitFiles.Attempt last = files.attempt(true);
      assertThat(last.over()).isTrue();
      assertThat(last.failures()).hasSize(1);
      assertThat(watched).hasContent("5");
      assertThat(disk.path().toFile().list()).containsExactly("ballast");
    }
  }
}
