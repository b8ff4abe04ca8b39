package io.conmonj.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Exit files that were there before a container was created. They tell of another one's end, which
 * somebody may still want to know where the creation fails; where it succeeds, nobody must take
 * them for the end of the new one.
 */
final class StaleExits {
  private final List<Stale> files = new ArrayList<>();

  /** One path, and what tells its file from another that has come into its place since. */
  private record Stale(Path path, Object key, FileTime written) {
    static Stale at(Path path) throws IOException {
      BasicFileAttributes now =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Stale(path, now.fileKey(), now.lastModifiedTime());
    }
  }

  /**
   * Looks which there are; changes nothing.
   *
   * @param paths those of a container that is about to be created
   * @throws IOException names a path that cannot be looked at
   */
  StaleExits(List<Path> paths) throws IOException {
    for (Path path : paths) {
      try {
        files.add(Stale.at(path));
      } catch (NoSuchFileException none) {
        // as it should be
      }
    }
  }

  /**
   * Removes them, the container having been created. What is there of its own end by then stays.
   *
   * @throws IOException names a file that cannot be removed
   */
  void remove() throws IOException {
    for (Stale stale : files) {
      try {
        if (Stale.at(stale.path).equals(stale)) {
          Files.delete(stale.path);
        }
      } catch (NoSuchFileException gone) {
        // Somebody else was faster.
      }
    }
  }
}
