package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {
  // asm-generic/errno-base.h
  private static final int ENOSPC = 28;

  @TempDir Path directory;

  private static String reason(ThrowingCallable action) {
    return Reason.of(catchThrowable(action));
  }

  @Test
  void failuresOfFilesAreNamedByTheirReasonAndNotByTheFile() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(reason(() -> Files.readString(directory.resolve("none"))))
        .isEqualTo("no such file or directory");
    assertThat(reason(() -> Files.createFile(file))).isEqualTo("it exists already");
    assertThat(reason(() -> Files.createFile(file.resolve("below")))).isEqualTo("Not a directory");
    assertThat(reason(() -> Files.delete(directory))).isEqualTo("directory not empty");
    assertThat(reason(() -> Files.newDirectoryStream(file).close())).isEqualTo("not a directory");
  }

  @Test
  void allOthersKeepTheirWordsOrAreNamedByTheirType() {
    assertThat(Reason.of(new KernelException(ENOSPC, "write", "/x")))
        .startsWith("write /x: ENOSPC");
    assertThat(Reason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
