package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir Path dir;

  @Test
  void onlyOneHoldsItAtATime() throws Exception {
    try (DirectoryLock first = DirectoryLock.tryTake(dir.toString()).orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(DirectoryLock.tryTake(dir.toString())).isEmpty();
      assertThat(flockByAnotherProgram()).isEqualTo(1);
    }
    assertThat(flockByAnotherProgram()).isZero();
    DirectoryLock.tryTake(dir.toString()).orElseThrow().close();
  }

  private int flockByAnotherProgram() throws Exception {
    return Finished.run(
            Spawn.program("flock").arguments(List.of("--nonblock", dir.toString(), "/bin/true")))
        .status()
        .toCode();
  }

  @Test
  void aMissingDirectoryIsAnErrorAndNotALockHeldBySomebody() {
    assertThatThrownBy(() -> DirectoryLock.tryTake(dir + "/none"))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("ENOENT");
  }

  @Test
  void neitherHoldingNorFailingLeavesDescriptors() throws Exception {
    OpenFds.assertNoneLeftBy(
        () -> {
          try (DirectoryLock held = DirectoryLock.tryTake(dir.toString()).orElseThrow()) {
            assertThat(DirectoryLock.tryTake(dir.toString())).as("beside %s", held).isEmpty();
          }
        });
  }

  @Test
  void aLockGoesOnWithWhoeverHasItsDescriptor() throws Exception {
    try (Fd kept = keep();
        DirectoryLock goesOn = DirectoryLock.takeOver(Fcntl.duplicate(kept)).orElseThrow()) {
      assertThat(DirectoryLock.tryTake(dir.toString())).as("beside %s", goesOn).isEmpty();
    }
    DirectoryLock.tryTake(dir.toString()).orElseThrow().close();
  }

  @Test
  void aLockIsNotThatOfADirectoryThatHasComeInItsPlace() throws Exception {
    Path path = Files.createDirectory(dir.resolve("run"));
    Path moved = dir.resolve("moved");
    try (DirectoryLock lock = DirectoryLock.tryTake(path.toString()).orElseThrow()) {
      Path link = Files.createSymbolicLink(dir.resolve("link"), path);
      assertThat(lock.isAt(path.toString())).isTrue();
      assertThat(lock.isAt(link.toString())).isTrue();
      Files.move(path, moved);
      assertThat(lock.isAt(path.toString())).isFalse();
      assertThat(lock.isAt(link.toString())).isFalse();
      assertThat(lock.isAt(moved.toString())).isTrue();
      Files.createDirectory(path);
      assertThat(lock.isAt(path.toString())).isFalse();
    }
  }

  @Test
  void aLockThatSomebodyElseHasByNowIsNotGoneOnWith() throws Exception {
    try (DirectoryLock other = DirectoryLock.tryTake(dir.toString()).orElseThrow()) {
      Fd late = OpenFile.directory(dir.toString());
      assertThat(DirectoryLock.takeOver(late)).as("beside %s", other).isEmpty();
      assertThat(late.closed()).isTrue();
    }
  }

  private Fd keep() throws Exception {
    try (DirectoryLock first = DirectoryLock.tryTake(dir.toString()).orElseThrow()) {
      return Fcntl.duplicate(first.descriptor());
    }
  }
}
