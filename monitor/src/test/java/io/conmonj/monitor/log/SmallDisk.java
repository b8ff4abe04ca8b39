package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** For tests: a file system that is quickly full. */
public final class SmallDisk implements AutoCloseable {
  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts one, or skips the test where that is not allowed. */
  public static SmallDisk mount(Path parent, int bytes) throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "needs root, to mount a small file system that gets full");
    Path path = Files.createDirectory(parent.resolve("disk"));
    String result =
        Command.run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "small-disk", path.toString());
    assumeTrue(result.isEmpty(), "needs to mount a tmpfs: " + result);
    return new SmallDisk(path);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Takes space away, until the file is deleted. */
  public Path fill(int bytes) throws IOException {
    return Files.write(path.resolve("ballast"), new byte[bytes]);
  }

  /** Gives it another size. */
  public void resize(int bytes) {
    assertThat(Command.run("mount", "-o", "remount,size=" + bytes, path.toString())).isEmpty();
  }

  @Override
  public void close() {
    assertThat(Command.run("umount", "--lazy", path.toString())).isEmpty();
  }
}
