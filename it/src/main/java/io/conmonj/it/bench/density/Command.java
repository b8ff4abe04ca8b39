package io.conmonj.it.bench.density;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs that are run to their end, and files that are waited for. */
final class Command {
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private Command() {}

  /**
   * Runs a program.
   *
   * @return what it wrote on either stream
   * @throws IOException when it ends with another code than 0
   */
  static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.onExit().join().exitValue();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code + ": " + output);
    }
    return output;
  }

  /** Waits until a file is there; a minute at most. */
  static void awaitFile(Path file) throws IOException {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!Files.exists(file)) {
      if (System.nanoTime() > end) {
        throw new IOException("waited in vain for " + file);
      }
      pause();
    }
  }

  /** A millisecond. */
  static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
