package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** For tests: a file system that hangs when it is told to: every write to it waits for the thaw. */
public final class FrozenDisk implements AutoCloseable {
  private static final int BYTES = 16 * 1024 * 1024;

  private final Path path;
  private boolean frozen;

  private FrozenDisk(Path path) {
    this.path = path;
  }

  /** Mounts one that works yet, or skips the test where that is not allowed. */
  public static FrozenDisk mount(Path parent) throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "needs root, to mount a file system that can be frozen");
    Path image = parent.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    Path path = Files.createDirectory(parent.resolve("frozen"));
    String made = Command.run("mkfs.ext4", "-q", image.toString());
    assumeTrue(made.isEmpty(), "needs mkfs.ext4: " + made);
    String mounted = Command.run("mount", "-o", "loop", image.toString(), path.toString());
    assumeTrue(mounted.isEmpty(), "needs to mount an image: " + mounted);
    FrozenDisk disk = new FrozenDisk(path);
    String frozen = disk.freezeNow();
    if (!frozen.isEmpty()) {
      disk.close();
      abort("needs fsfreeze: " + frozen);
    }
    disk.thaw();
    return disk;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** From now on it hangs. */
  public void freeze() {
    assertThat(freezeNow()).isEmpty();
  }

  private String freezeNow() {
    String result = Command.run("fsfreeze", "--freeze", path.toString());
    frozen = result.isEmpty();
    return result;
  }

  /** From now on it works, also on what waited. */
  public void thaw() {
    assertThat(Command.run("fsfreeze", "--unfreeze", path.toString())).isEmpty();
    frozen = false;
  }

  @Override
  public void close() {
    if (frozen) {
      thaw();
    }
    assertThat(Command.run("umount", "--lazy", path.toString())).isEmpty();
  }
}
