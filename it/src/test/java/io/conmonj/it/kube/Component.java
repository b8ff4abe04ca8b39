package io.conmonj.it.kube;

import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program of the node that runs until it is stopped, and what it says in a file. */
final class Component implements AutoCloseable {
  private static final long STOP_SECONDS = 60;
  private static final int LAST_LINES = 15;

  private final Process process;
  private final Path log;

  private Component(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it. */
  static Component start(Path log, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    return new Component(process, log);
  }

  /** Waits until something is so that needs this program. */
  void await(String what, BooleanSupplier condition) {
    Await.until(
        what + ", see " + log,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("ended, see " + log + ":\n" + lastWords());
          }
          return condition.getAsBoolean();
        });
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, in order if it can. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
