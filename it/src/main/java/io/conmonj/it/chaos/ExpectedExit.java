package io.conmonj.it.chaos;

import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The exit that a container has to have, whose cleanup command leaves a line each time it is run.
 *
 * @param container its container
 * @param code its exit code
 * @param lines how many lines it writes, each with its number
 */
record ExpectedExit(PodContainer container, int code, int lines) {
  /** Creates the container, with further wishes. */
  void create(UnaryOperator<CreateContainerRequest.Builder> wishes) throws IOException {
    String cleanup = "echo cleaned >> " + cleaned();
    container.create(it -> wishes.apply(it).cleanupCommand(List.of("/bin/sh", "-c", cleanup)));
  }

  private Path cleaned() {
    return container.home().resolve("cleaned");
  }

  /** Whether the exit file is there, and the container was cleaned up after. */
  boolean isTold() {
    return container.hasExited() && cleanups() > 0;
  }

  private int cleanups() {
    try {
      return Files.exists(cleaned()) ? Files.readAllLines(cleaned()).size() : 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Looks whether it was cleaned up after once only.
   *
   * @throws AssertionError when it was more often
   */
  void checkCleanedOnce() {
    if (cleanups() > 1) {
      throw new AssertionError(container.id() + " was cleaned up after " + cleanups() + " times");
    }
  }

  /**
   * Looks at its exit file, which is there, and at its log.
   *
   * @throws AssertionError when either is wrong
   */
  void check() throws IOException {
    List<String> expected = IntStream.rangeClosed(1, lines).mapToObj(Integer::toString).toList();
    if (!container.exitCode().equals(Integer.toString(code))
        || !CriLogFiles.lines("stdout", List.of(container.log())).equals(expected)) {
      throw new AssertionError(
          container.id()
              + " ended with "
              + container.exitCode()
              + ", not "
              + code
              + "; its log: "
              + Files.readString(container.log()));
    }
  }
}
