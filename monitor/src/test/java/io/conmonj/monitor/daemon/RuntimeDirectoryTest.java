package io.conmonj.monitor.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  void aFileInItsPlaceIsNamedWithTheReason() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> RuntimeDirectory.take(file))
        .hasMessage("create runtime directory " + file + ": it exists already");
    assertThatThrownBy(() -> RuntimeDirectory.take(Path.of("/proc/no-such")))
        .hasMessage("create runtime directory /proc/no-such: no such file or directory");
  }
}
