package io.conmonj.it.chaos;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Containers that end by themselves, with the code that each has to have in its exit file. */
final class ExpectedExits {
  private final Map<PodContainer, Integer> codes = new ConcurrentHashMap<>();

  /**
   * Notes one.
   *
   * @param code its exit code, and how many lines it writes, each with its number
   */
  void expect(PodContainer container, int code) {
    codes.put(container, code);
  }

  /** How many. */
  int count() {
    return codes.size();
  }

  /** Each has the right exit file and every line in its log. */
  void check(BusyboxPod pod) throws IOException {
    for (Map.Entry<PodContainer, Integer> each : codes.entrySet()) {
      PodContainer container = each.getKey();
      Await.until("exit of " + container.id() + " is recorded", container::hasExited);
      List<String> lines =
          IntStream.rangeClosed(1, each.getValue()).mapToObj(Integer::toString).toList();
      if (!container.exitCode().equals(each.getValue().toString())
          || !CriLogFiles.lines("stdout", List.of(container.log())).equals(lines)) {
        throw new AssertionError(
            container.id() + " ended with " + container.exitCode() + ", not " + each.getValue());
      }
      pod.runc().delete(container.id());
    }
  }
}
