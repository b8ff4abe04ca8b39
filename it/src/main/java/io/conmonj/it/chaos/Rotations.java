package io.conmonj.it.chaos;

import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Has the log of the flood rotated as the kubelet does, and reads each file when it is done with:
 * its lines are numbers, one more each time, over all files. A line may end in another file than it
 * began in, for the monitor writes what it has of a line when it is asked for a new file.
 */
final class Rotations {
  private final BusyboxPod pod;
  private final String container;
  private final Path log;
  private final Path renamed;
  private final CriLines stdout = new CriLines("stdout");
  private long latest;
  private int files;
  private int cutLines;
  private AssertionError broken;

  Rotations(BusyboxPod pod, String container, Path log) {
    this.pod = pod;
    this.container = container;
    this.log = log;
    this.renamed = log.resolveSibling("log.renamed");
  }

  /** Renames, has the log opened anew, and reads the old file, in which nothing is written then. */
  synchronized void rotate() throws IOException {
    if (!Files.exists(renamed)) {
      if (!Files.exists(log)) {
        return;
      }
      Files.move(log, renamed);
    }
    Replies.await(pod.monitor().reopenLog(container));
    readAndDelete(renamed);
  }

  /** Reads what is left; the container must have ended. */
  synchronized void readAll() throws IOException {
    for (Path each : List.of(renamed, log)) {
      if (Files.exists(each)) {
        readAndDelete(each);
      }
    }
    stdout
        .unfinished()
        .ifPresent(
            left -> {
              throw new AssertionError("the flood ends within a line: " + left);
            });
  }

  private void readAndDelete(Path file) throws IOException {
    if (broken != null) {
      // What was read of that file would be read again, and look like lines that came twice.
      throw broken;
    }
    long before = latest;
    for (String line : stdout.endingIn(file)) {
      if (!line.equals(Long.toString(latest + 1))) {
        Path kept = Files.createTempFile("conmonj-chaos-log-", "");
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        broken =
            new AssertionError(
                "after line %d of the flood comes %s; file %d, kept as %s, began after line %d"
                    .formatted(latest, line, files, kept, before));
        throw broken;
      }
      latest++;
    }
    files++;
    if (stdout.unfinished().isPresent()) {
      cutLines++;
    }
    Files.delete(file);
  }

  /** How many lines have been read. */
  synchronized long lines() {
    return latest;
  }

  /** How many files have been read. */
  synchronized int files() {
    return files;
  }

  /** How many lines began in one file and ended in another. */
  synchronized int cutLines() {
    return cutLines;
  }
}
