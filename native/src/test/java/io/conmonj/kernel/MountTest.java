package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTest {
  @TempDir Path dir;

  @BeforeEach
  void needsRoot() {
    assumeTrue(ThisProcess.effectiveUser() == 0, "mounting needs root");
  }

  @Test
  void aFileIsSeenInAnotherPlaceUntilDetached() throws Exception {
    Path source = Files.writeString(dir.resolve("source"), "over");
    Path target = Files.writeString(dir.resolve("target"), "under");
    Mount.bind(source.toString(), target.toString());
    try {
      assertThat(Files.readString(target)).isEqualTo("over");
    } finally {
      Mount.detach(target.toString());
    }
    assertThat(Files.readString(target)).isEqualTo("under");
  }

  @Test
  void bothPathsOfAFailedMountAreNamed() {
    assertThatThrownBy(() -> Mount.bind("/no/source", dir.toString()))
        .isInstanceOf(KernelException.class)
        .hasMessage("bind mount /no/source on " + dir + ": ENOENT (No such file or directory)");
  }

  @Test
  void detachingWhereNothingIsMountedIsAnError() {
    assertThatThrownBy(() -> Mount.detach(dir.toString())).hasMessageContaining("EINVAL");
  }
}
