package io.conmonj.it.upgrade;

import io.conmonj.it.chaos.NumberedLines;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A container that logs numbered lines in bursts, each more than its pipe takes, without waiting
 * for anybody.
 */
final class LogFlood implements Load {
  private static final String PADDING = "x".repeat(200);

  private static final String SCRIPT =
      """
      awk -v pad=%s 'BEGIN {
        do { for (j = 0; j < 1000; j++) print ++i " " pad; fflush() }
        while (system("[ ! -e /tmp/stop ] && sleep 0.05") == 0)
        print i > "/tmp/total"
      }'
      """
          .formatted(PADDING);

  private final PodContainer container;
  private final Faults faults;

  private LogFlood(PodContainer container, Faults faults) {
    this.container = container;
    this.faults = faults;
  }

  /** Begins. */
  static LogFlood start(BusyboxPod pod, Faults faults) throws IOException {
    return new LogFlood(pod.container("sh", "-c", SCRIPT).run(), faults);
  }

  @Override
  public String end() throws IOException {
    Files.createFile(container.root().resolve("tmp/stop"));
    Await.until("the end of the flood", container::hasExited);
    if (!container.exitCode().equals("0")) {
      faults.add("the flood ended with " + container.exitCode());
    }
    NumberedLines lines = new NumberedLines(PADDING);
    try (LoggedLines log = new LoggedLines(container.log())) {
      for (String line = log.next(); line != null; line = log.next()) {
        lines.add(line);
      }
    }
    lines.end(Long.parseLong(Files.readString(container.root().resolve("tmp/total")).strip()));
    if (!lines.areAllThere()) {
      faults.add("of the flood's log: " + lines);
    }
    return lines.latest() + " lines are in the log, in their order";
  }

  @Override
  public void close() {
    // The pod ends its containers.
  }
}
