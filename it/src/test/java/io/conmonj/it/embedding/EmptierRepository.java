package io.conmonj.it.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A local Maven repository that has everything of the ordinary one but conmonj, and takes what is
 * installed without a trace in the ordinary one. It consists of links, so what Maven downloads is
 * kept as always.
 */
final class EmptierRepository {
  private EmptierRepository() {}

  /** Makes one in a directory that does not exist yet. */
  static Path create(Path directory) throws IOException {
    Path ordinary = ordinary();
    Files.createDirectories(directory.resolve("io"));
    link(ordinary, directory, "io");
    link(ordinary.resolve("io"), directory.resolve("io"), "conmonj");
    return directory;
  }

  private static void link(Path from, Path to, String except) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.endsWith(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
        }
      }
    }
  }

  /** Surefire tells the one of the build; elsewhere it is where Maven has it by default. */
  private static Path ordinary() {
    String told = System.getProperty("localRepository");
    return told == null
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(told);
  }
}
