package io.conmonj.monitor.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDirectoryTest {
  @TempDir Path parent;

  @Test
  void itIsMadeForItsOwnerAloneAndHeldByOneMonitorAtATime() throws Exception {
    Path path = parent.resolve("a/b");
    try (RuntimeDirectory held = RuntimeDirectory.take(path)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(held.path())))
          .isEqualTo("rwx------");
      assertThatThrownBy(() -> RuntimeDirectory.take(path))
          .isInstanceOf(StartException.class)
          .hasMessageEndingWith("belongs to a monitor that is running");
    }
    RuntimeDirectory.take(path).close();
  }

  @Test
  void aDirectoryThatSomebodyElseCouldPutFilesIntoIsRefused() throws Exception {
    Path path = Files.createDirectory(parent.resolve("open"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwx---"));
    assertThatThrownBy(() -> RuntimeDirectory.take(path))
        .isInstanceOf(StartException.class)
        .hasMessage("runtime directory " + path + " is writable by others");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    RuntimeDirectory.take(path).close();
  }

  private static Fd lockOf(Path path) throws Exception {
    try (RuntimeDirectory held = RuntimeDirectory.take(path)) {
      return Fcntl.duplicate(held.lock());
    }
  }

  @Test
  void aLaterWorkerGoesOnWithADirectoryThatWouldBeRefusedNowAndACandidateDoesNot()
      throws Exception {
    Path path = Files.createDirectory(parent.resolve("opened"));
    Fd kept = lockOf(path);
    Fd same = Fcntl.duplicate(kept);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwx---"));
    assertThatThrownBy(() -> RuntimeDirectory.take(path, Optional.of(same), false))
        .hasMessage("runtime directory " + path + " is writable by others");
    try (RuntimeDirectory later = RuntimeDirectory.take(path, Optional.of(kept), true)) {
      assertThat(later.controlSocket()).isEqualTo(path.resolve("conmon.sock"));
    }
  }

  @Test
  void aLaterWorkerDoesNotTouchTheDirectoryThatHasComeInThePlaceOfItsOwn() throws Exception {
    Path path = Files.createDirectory(parent.resolve("run"));
    Fd kept = lockOf(path);
    Path moved = Files.move(path, parent.resolve("moved"));
    try (RuntimeDirectory other = RuntimeDirectory.take(path);
        RuntimeDirectory later = RuntimeDirectory.take(path, Optional.of(kept), true)) {
      assertThat(later.path()).isEqualTo(other.path());
      Files.createFile(later.stateFile());
      assertThat(other.stateFile()).doesNotExist();
      assertThat(moved.resolve("state")).exists();
    }
  }

  @Test
  void aDirectoryOfAnotherUserIsRefused() throws Exception {
    assumeThat(System.getProperty("user.name")).as("only root can give it away").isEqualTo("root");
    Path path = Files.createDirectory(parent.resolve("theirs"));
    Files.setAttribute(path, "unix:uid", 65534);
    assertThatThrownBy(() -> RuntimeDirectory.take(path))
        .isInstanceOf(StartException.class)
        .hasMessage("runtime directory " + path + " belongs to another user, 65534");
  }

  @Test
  void aPidfileThatPointsElsewhereIsRefusedAndNothingIsWrittenThere() throws Exception {
    Path path = Files.createDirectory(parent.resolve("linked"));
    Path precious = Files.writeString(parent.resolve("precious"), "precious");
    Files.createSymbolicLink(path.resolve("pidfile"), precious);
    assertThatThrownBy(() -> RuntimeDirectory.take(path))
        .isInstanceOf(StartException.class)
        .hasMessage(path.resolve("pidfile") + " is a symbolic link");
    Files.delete(path.resolve("pidfile"));
    try (RuntimeDirectory held = RuntimeDirectory.take(path)) {
      Files.createSymbolicLink(path.resolve("pidfile"), precious);
      assertThatThrownBy(() -> held.writePidfile(1)).isInstanceOf(IOException.class);
    }
    assertThat(precious).hasContent("precious");
  }

  @Test
  void aFileInItsPlaceIsNamedWithTheReason() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> RuntimeDirectory.take(file))
        .hasMessage("create runtime directory " + file + ": it exists already");
    assertThatThrownBy(() -> RuntimeDirectory.take(Path.of("/proc/no-such")))
        .hasMessage("create runtime directory /proc/no-such: no such file or directory");
  }
}
