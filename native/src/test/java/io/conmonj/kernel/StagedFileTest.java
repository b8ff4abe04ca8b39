package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFileTest {
  private static final byte[] CONTENT = "137".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path dir;

  @Test
  void nothingIsInItsPlaceBeforeAllOfItIsAndThenItReplacesWhatWasThere() throws Exception {
    Path target = Files.writeString(dir.resolve("exit"), "an old and longer text");
    StagedFile file = StagedFile.write(target.toString(), 0644, CONTENT);
    assertThat(target).hasContent("an old and longer text");
    file.putInPlace();
    assertThat(target).hasContent("137");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-r--r--");
    assertThat(dir.toFile().list()).containsExactly("exit");
  }

  @Test
  void theLongestNamesWork() throws Exception {
    for (int length : new int[] {240, 254, 255}) {
      Path target = dir.resolve("x".repeat(length));
      StagedFile.write(target.toString(), 0644, CONTENT).putInPlace();
      assertThat(target).hasContent("137");
    }
    String tooLong = dir.resolve("x".repeat(256)).toString();
    StagedFile file = StagedFile.write(tooLong, 0644, CONTENT);
    assertThatThrownBy(file::putInPlace)
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENAMETOOLONG));
    file.discard();
    assertThat(dir.toFile().list()).hasSize(3);
  }

  @Test
  void whatIsDiscardedLeavesNothing() throws Exception {
    StagedFile file = StagedFile.write(dir.resolve("exit").toString(), 0644, CONTENT);
    file.discard();
    file.discard();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void whatProcessesThatAreNoMoreHaveLeftIsRemovedAndNothingElse() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(dir.resolve(".conmonj-" + gone.pid() + "-1.tmp"), "1");
    Files.writeString(dir.resolve(".conmonj-" + gone.pid() + "-17.tmp"), "");
    Files.writeString(dir.resolve(".conmonj-" + gone.pid() + ".tmp"), "another's");
    Files.writeString(dir.resolve(".conmonj-"), "another's");
    Files.writeString(dir.resolve(".conmonj-a-b.tmp"), "another's");
    Files.writeString(dir.resolve(".conmonj--1.tmp"), "another's");
    Files.writeString(dir.resolve(".conmonj-" + gone.pid() + "-.tmp"), "another's");
    Files.writeString(dir.resolve(".conmonj-" + gone.pid() + "-old.tmp"), "another's");
    Files.writeString(dir.resolve("exit"), "0");
    StagedFile own = StagedFile.write(dir.resolve("mine").toString(), 0644, CONTENT);
    StagedFile.removeAbandoned(dir.toString());
    StagedFile.removeAbandoned(dir.resolve("missing").toString());
    own.putInPlace();
    assertThat(dir.toFile().list())
        .containsExactlyInAnyOrder(
            "exit",
            "mine",
            ".conmonj-",
            ".conmonj-a-b.tmp",
            ".conmonj--1.tmp",
            ".conmonj-" + gone.pid() + "-.tmp",
            ".conmonj-" + gone.pid() + "-old.tmp",
            ".conmonj-" + gone.pid() + ".tmp");
  }

  @Test
  void nothingIsLeftOpen() throws Exception {
    OpenFds.assertNoneLeftBy(
        () -> StagedFile.write(dir.resolve("exit").toString(), 0644, CONTENT).putInPlace());
  }
}
