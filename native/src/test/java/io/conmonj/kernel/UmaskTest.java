package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UmaskTest {
  @TempDir Path dir;

  @Test
  void newFilesLackWhatIsMasked() throws Exception {
    int before = Umask.set(0027);
    try {
      Path file = dir.resolve("f");
      OpenFile.createNew(file.toString(), 0666).close();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-r-----");
    } finally {
      assertThat(Umask.set(before)).isEqualTo(0027);
    }
  }

  @Test
  void moreThanPermissionBitsAreRefused() {
    assertThatThrownBy(() -> Umask.set(01000)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Umask.set(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
