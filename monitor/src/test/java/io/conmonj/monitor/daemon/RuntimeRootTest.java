package io.conmonj.monitor.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeRootTest {
  @TempDir private Path directory;

  @Test
  void itIsMadeForItsOwnerAloneWithWhatIsMissingAboveIt() throws IOException {
    Path root = directory.resolve("above").resolve("root");
    RuntimeRoot.make(root);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
  }

  @Test
  void oneThatIsThereStaysAsItIs() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
    RuntimeRoot.make(directory);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void whatKeepsItFromBeingMadeIsTold() throws IOException {
    Path root = Files.createFile(directory.resolve("file")).resolve("root");
    assertThatThrownBy(() -> RuntimeRoot.make(root))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(
            "create server: validate config: create runtime root " + root + ": ");
  }
}
