package io.conmonj.streaming.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file looked like at one moment, to see later whether it has been changed or replaced.
 * Symbolic links are followed: of a mounted secret the links change, and not their files.
 *
 * @param modified when its content changed last
 * @param size in bytes
 * @param identity of device and inode
 */
record FileState(FileTime modified, long size, String identity) {

  /** The states of several files; empty for one that cannot be looked at. */
  static List<Optional<FileState>> of(List<Path> files) {
    List<Optional<FileState>> states = new ArrayList<>();
    for (Path file : files) {
      states.add(of(file));
    }
    return states;
  }

  private static Optional<FileState> of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new FileState(found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey())));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
