package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileSystemTest {
  /** PROC_SUPER_MAGIC of linux/magic.h. */
  private static final long PROC = 0x9fa0;

  @Test
  void procIsKnownByItsNumber() throws Exception {
    assertThat(FileSystem.type("/proc")).isEqualTo(PROC);
    assertThat(FileSystem.isCgroup2("/proc")).isFalse();
  }

  @Test
  void theUnifiedCgroupHierarchyIsRecognised() throws Exception {
    Optional<String> mountPoint = cgroup2MountPoint();
    assumeTrue(mountPoint.isPresent(), "no cgroup2 file system is mounted here");
    assertThat(FileSystem.isCgroup2(mountPoint.orElseThrow())).isTrue();
  }

  /** From proc_mounts(5): device, mount point, type. */
  private static Optional<String> cgroup2MountPoint() throws Exception {
    List<String> mounts = Files.readAllLines(Path.of("/proc/self/mounts"));
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields[2].equals("cgroup2"))
        .map(fields -> fields[1])
        .findFirst();
  }

  @Test
  void aMissingPathIsNamed() {
    assertThatThrownBy(() -> FileSystem.type("/nowhere"))
        .isInstanceOf(KernelException.class)
        .hasMessage("statfs /nowhere: ENOENT (No such file or directory)");
  }
}
