package io.conmonj.it.chaos;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Containers that end by themselves, with the code that each has to have in its exit file. */
final class ExpectedExits {
  private final Map<PodContainer, Integer> codes = new ConcurrentHashMap<>();
  private final Queue<PodContainer> undecided = new ConcurrentLinkedQueue<>();
  private int cleanedAgain;

  /**
   * Creates one, whose cleanup command leaves a line.
   *
   * @param code its exit code, and how many lines it writes, each with its number
   */
  void create(PodContainer container, int code) throws IOException {
    String cleanup = "echo cleaned >> " + cleaned(container);
    container.create(it -> it.cleanupCommand(List.of("/bin/sh", "-c", cleanup)));
    codes.put(container, code);
  }

  /** The call that was to create it failed, and nobody knows how far it had come. */
  void undecided(PodContainer container) {
    undecided.add(container);
  }

  private static Path cleaned(PodContainer container) {
    return container.home().resolve("cleaned");
  }

  /** How many were cleaned up after once more, by the worker after the one that was killed. */
  int cleanedAgain() {
    return cleanedAgain;
  }

  /** How many. */
  int count() {
    return codes.size();
  }

  /** Each has the right exit file and every line in its log, and was cleaned up after. */
  void check(BusyboxPod pod) throws IOException {
    for (Map.Entry<PodContainer, Integer> each : codes.entrySet()) {
      PodContainer container = each.getKey();
      Await.until("exit of " + container.id() + " is recorded", container::hasExited);
      List<String> lines =
          IntStream.rangeClosed(1, each.getValue()).mapToObj(Integer::toString).toList();
      if (!container.exitCode().equals(each.getValue().toString())
          || !CriLogFiles.lines("stdout", List.of(container.log())).equals(lines)) {
        throw new AssertionError(
            container.id()
                + " ended with "
                + container.exitCode()
                + ", not "
                + each.getValue()
                + "; its log: "
                + Files.readString(container.log()));
      }
      Await.until("cleanup of " + container.id(), () -> lines(cleaned(container)) > 0);
      cleanedAgain += lines(cleaned(container)) > 1 ? 1 : 0;
      pod.runc().delete(container.id());
    }
    for (PodContainer each : undecided) {
      pod.runc().delete(each.id());
    }
  }

  private static long lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
