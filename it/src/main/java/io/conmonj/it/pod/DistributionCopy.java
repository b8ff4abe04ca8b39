package io.conmonj.it.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Another distribution like the one that was built, for a monitor to be upgraded to: programs of
 * its own, and links to what is large. What a test replaces in it is replaced here alone.
 */
public final class DistributionCopy {
  private final Path directory;

  private DistributionCopy(Path directory) {
    this.directory = directory;
  }

  /** Makes one in a directory that is not there yet. */
  public static DistributionCopy make(Path directory) throws IOException {
    Path from = Distribution.directory();
    Files.createDirectories(directory.resolve("bin"));
    for (String each : List.of("conmonj", "conmonjctl")) {
      Files.copy(from.resolve("bin").resolve(each), directory.resolve("bin").resolve(each));
    }
    Files.createSymbolicLink(directory.resolve("bin/conmonrs"), Path.of("conmonj"));
    link(from.resolve("lib"), Files.createDirectories(directory.resolve("lib")));
    return new DistributionCopy(directory);
  }

  private static void link(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(from)) {
      all = files.toList();
    }
    for (Path each : all) {
      Files.createSymbolicLink(to.resolve(each.getFileName()), each.toRealPath());
    }
  }

  /** Its directory. */
  public Path directory() {
    return directory;
  }

  /** One of its files. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** Removes one of its files. */
  public DistributionCopy without(String name) throws IOException {
    Files.delete(file(name));
    return this;
  }

  /** Puts a program in the place of one of its files. */
  public DistributionCopy withProgram(String name, String text) throws IOException {
    Files.deleteIfExists(file(name));
    Files.writeString(file(name), text);
    if (!file(name).toFile().setExecutable(true)) {
      throw new IOException("make " + file(name) + " executable");
    }
    return this;
  }

  /** Changes the text of its launcher, in which the other text must be. */
  public DistributionCopy withLauncher(String text, String replacement) throws IOException {
    String before = Files.readString(file("bin/conmonj"));
    if (!before.contains(text)) {
      throw new IOException("not in the launcher: " + text);
    }
    return withProgram("bin/conmonj", before.replace(text, replacement));
  }

  /** Copies a directory that is a link, so that what is in it can be replaced. */
  public DistributionCopy withOwn(String name) throws IOException {
    Path from = file(name).toRealPath();
    if (Files.isSymbolicLink(file(name))) {
      Files.delete(file(name));
      Files.createDirectory(file(name));
      try (Stream<Path> files = Files.list(from)) {
        for (Path each : files.toList()) {
          if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(file(name).resolve(each.getFileName()), each);
          } else {
            Files.copy(
                each,
                file(name).resolve(each.getFileName()),
                LinkOption.NOFOLLOW_LINKS,
                StandardCopyOption.COPY_ATTRIBUTES);
          }
        }
      }
    }
    return this;
  }
}
