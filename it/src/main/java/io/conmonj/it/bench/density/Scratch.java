package io.conmonj.it.bench.density;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Directories for one measurement each. */
final class Scratch {
  private Scratch() {}

  /** What is done in a directory that is made for it. */
  @FunctionalInterface
  interface Work {
    void in(Path directory) throws Exception;
  }

  /** Does it, and removes the directory. */
  static void in(Work work) throws Exception {
    Path directory = Files.createTempDirectory("density-");
    try {
      work.in(directory);
    } finally {
      Command.run(List.of("rm", "-rf", directory.toString()));
    }
  }
}
