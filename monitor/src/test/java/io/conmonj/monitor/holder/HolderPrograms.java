package io.conmonj.monitor.holder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** For tests: the holder and the worker that it has in tests, built if what is there is older. */
final class HolderPrograms {
  private static final Path ROOT = root();
  private static final Path TARGET = ROOT.resolve("native/target");

  private HolderPrograms() {}

  /** The holder. */
  static Path holder() throws Exception {
    return built("holder", ROOT.resolve("native/src/main/c"), List.of());
  }

  /** What passes its end of the link on to the test. */
  static Path relay() throws Exception {
    return built("relay", ROOT.resolve("native/src/test/holder"), List.of("relay"));
  }

  private static Path built(String name, Path sources, List<String> arguments) throws Exception {
    Files.createDirectories(TARGET);
    Path program = TARGET.resolve(name);
    // Tests of several modules may run at once.
    try (FileChannel lock =
            FileChannel.open(
                TARGET.resolve(".holder-lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      if (!Files.exists(program)
          || Files.getLastModifiedTime(program).compareTo(latest(sources)) < 0) {
        build(arguments);
      }
    }
    return program;
  }

  private static void build(List<String> arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(ROOT.resolve("build/holder").toString()), arguments.stream())
            .toList();
    Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (compiler.waitFor() != 0) {
      throw new AssertionError("build the holder: " + said);
    }
  }

  private static FileTime latest(Path sources) throws IOException {
    try (Stream<Path> files = Files.list(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".c") || file.toString().endsWith(".h"))
          .map(HolderPrograms::modified)
          .max(FileTime::compareTo)
          .orElseThrow();
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Tests run in their module's directory, or in the project's. */
  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("build/holder"))) {
      directory = directory.getParent();
    }
    return directory;
  }
}
