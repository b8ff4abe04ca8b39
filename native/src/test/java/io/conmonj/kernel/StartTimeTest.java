package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTimeTest {
  @TempDir Path directory;

  @Test
  void aChildIsNoOlderThanItsParentAndOneThatIsGoneHasNoStart() throws Exception {
    Process child = new ProcessBuilder("sleep", "1000").start();
    try {
      assertThat(StartTime.of((int) child.pid()))
          .isGreaterThanOrEqualTo(StartTime.of(ThisProcess.pid()))
          .isPositive();
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThatThrownBy(() -> StartTime.of((int) child.pid()))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aNameWithParenthesesAndSpacesChangesNothing() throws Exception {
    Path program = directory.resolve("a) S 1 (b");
    Files.writeString(program, "#!/bin/sh\nread line\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Process child = new ProcessBuilder(program.toString()).start();
    try {
      Path name = Path.of("/proc", Long.toString(child.pid()), "comm");
      while (!Files.readString(name).contains(")")) {
        Thread.onSpinWait();
      }
      // It reads what nobody writes, so it is there for as long as it is asked about.
      Process next = new ProcessBuilder("cat").start();
      try {
        long nexts = StartTime.of((int) next.pid());
        assertThat(StartTime.of((int) child.pid()))
            .isBetween(StartTime.of(ThisProcess.pid()), nexts);
      } finally {
        next.destroyForcibly().waitFor();
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
