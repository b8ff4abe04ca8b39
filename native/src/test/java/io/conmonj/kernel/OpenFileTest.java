package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {
  @TempDir Path dir;

  @Test
  void aFileIsOpenedByItsName() throws Exception {
    // made by a shell, since java.nio cannot name it in every locale
    Finished.run(Finished.shell("printf abc > '" + dir + "/größe'"));
    try (Fd fd = OpenFile.forReading(dir + "/größe")) {
      byte[] read = new byte[8];
      assertThat(Io.read(fd, read)).isEqualTo(3);
      assertThat(new String(read, 0, 3, StandardCharsets.UTF_8)).isEqualTo("abc");
      assertThat(Fcntl.isCloseOnExec(fd)).isTrue();
    }
  }

  @Test
  void aFileIsNoDirectory() throws Exception {
    String file = Files.writeString(dir.resolve("f"), "").toString();
    assertThatThrownBy(() -> OpenFile.directory(file))
        .isInstanceOf(KernelException.class)
        .hasMessage("open " + file + ": ENOTDIR (Not a directory)");
    assertThatThrownBy(() -> OpenFile.directoryHandle(file)).hasMessageContaining("ENOTDIR");
  }

  @Test
  void aDirectoryHandleStandsForTheDirectoryAndCannotBeRead() throws Exception {
    try (Fd handle = OpenFile.directoryHandle(dir.toString())) {
      assertThat(Path.of("/proc/self/fd/" + handle.number()).toRealPath())
          .isEqualTo(dir.toRealPath());
      assertThatThrownBy(() -> Io.read(handle, new byte[1])).hasMessageContaining("EBADF");
    }
  }

  @Test
  void aNameWithNulIsRefusedInsteadOfCut() {
    assertThatThrownBy(() -> OpenFile.forReading("/etc/passwd\0.log"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
