package io.conmonj.it.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local Maven repository that has everything of the ordinary one but conmonj, and takes what is
 * installed without a trace in the ordinary one. It consists of links, so what Maven downloads is
 * kept as always; closing it removes them.
 */
final class EmptierRepository implements AutoCloseable {
  private final Path directory;
  private final List<Path> links = new ArrayList<>();

  /**
   * @param directory for it, which does not exist yet
   */
  EmptierRepository(Path directory) throws IOException {
    this.directory = directory;
    Path ordinary = ordinary();
    Files.createDirectories(directory.resolve("io"));
    link(ordinary, directory, "io");
    link(ordinary.resolve("io"), directory.resolve("io"), "conmonj");
  }

  Path directory() {
    return directory;
  }

  private void link(Path from, Path to, String except) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.endsWith(except)) {
          Path link = to.resolve(entry.getFileName());
          links.add(Files.createSymbolicLink(link, entry.toAbsolutePath()));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Path link : links) {
      Files.delete(link);
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
