package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitFilesTest {
  @TempDir Path directory;

  @Test
  void theCodeStandsInDecimalWithoutANewlineAndReplacesWhatWasThere() throws Exception {
    Path file = Files.writeString(directory.resolve("exit"), "an old and longer text");
    assertThat(ExitFiles.write(List.of(file.toString()), 137)).isEmpty();
    assertThat(Files.readString(file)).isEqualTo("137");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    assertThat(directory.toFile().list()).containsExactly("exit");
  }

  @Test
  void oneThatCannotBePutInPlaceLeavesNothingBehind() throws Exception {
    Path taken = Files.createDirectories(directory.resolve("exit/is-a-directory")).getParent();
    assertThat(ExitFiles.write(List.of(taken.toString()), 0))
        .containsExactly("rename exit file " + taken + ": Is a directory");
    assertThat(directory.toFile().list()).containsExactly("exit");
  }

  @Test
  void oneThatCannotBeWrittenIsReportedAndTheOthersAreWritten() throws Exception {
    String bad = directory.resolve("no/such/directory").toString();
    String good = directory.resolve("exit").toString();
    assertThat(ExitFiles.write(List.of(bad, good), 0))
        .containsExactly("write exit file " + bad + ": no such file or directory");
    assertThat(Files.readString(Path.of(good))).isEqualTo("0");
  }
}
