package io.conmonj.it.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Another distribution like the one that was built: for a monitor to be upgraded to, or for what
 * would take too long or too much with that of users. It has programs of its own, and links to what
 * is large. What a test replaces in it is replaced here alone.
 */
public final class DistributionCopy {
  private static final String OPTIONS = "lib/monitor.options";

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

  /** What starts a monitor of it. */
  public Path launcher() {
    return file("bin/conmonj");
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
    String before = Files.readString(launcher());
    if (!before.contains(text)) {
      throw new IOException("not in the launcher: " + text);
    }
    return withProgram("bin/conmonj", before.replace(text, replacement));
  }

  /**
   * Puts a holder of other limits in the place of its own.
   *
   * @param flags of the C compiler, such as {@code -DMOST_DESCRIPTORS=40}
   */
  public DistributionCopy withHolder(String... flags) throws IOException {
    withOwn("lib/holder");
    List<String> command = new ArrayList<>();
    command.add(Distribution.project().resolve("build/holder").toString());
    command.add("with");
    command.add(file("lib/holder/conmonj").toString());
    command.addAll(List.of(flags));
    HostCommand.run(command.toArray(String[]::new));
    return this;
  }

  /**
   * Starts its workers with one more option, which counts instead of what they are given already.
   *
   * @param option of the Java VM, such as {@code -Dconmonj.patience.seconds=10}
   */
  public DistributionCopy withOption(String option) throws IOException {
    String before = Files.readString(file(OPTIONS));
    Files.delete(file(OPTIONS));
    Files.writeString(file(OPTIONS), before + "\n" + option + "\n");
    return this;
  }

  /** From here on each worker that is started ends at once. */
  public void breakWorkers() throws IOException {
    withOption("-XX:+NoSuchOption");
  }

  /** They are as before. */
  public void mendWorkers() throws IOException {
    Files.delete(file(OPTIONS));
    Files.copy(Distribution.directory().resolve(OPTIONS), file(OPTIONS));
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
