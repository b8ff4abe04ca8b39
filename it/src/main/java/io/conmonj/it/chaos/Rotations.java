package io.conmonj.it.chaos;

import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Has the log of the flood rotated as the kubelet does, and reads each file when it is done with:
 * its lines are numbers, one more each time, over all files.
 */
final class Rotations {
  private final BusyboxPod pod;
  private final String container;
  private final Path log;
  private final Path renamed;
  private long latest;
  private int files;

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
  }

  private void readAndDelete(Path file) throws IOException {
    long before = latest;
    for (String line : CriLogFiles.lines("stdout", List.of(file))) {
      if (!line.equals(Long.toString(latest + 1))) {
        Path kept = Files.createTempFile("conmonj-chaos-log-", "");
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        throw new AssertionError(
            "after line %d of the flood comes %s; file %d, kept as %s, began after line %d"
                .formatted(latest, line, files, kept, before));
      }
      latest++;
    }
    files++;
    Files.delete(file);
  }

  /** The number of lines so far, and of files. */
  synchronized long lines() {
    return latest;
  }

  synchronized int files() {
    return files;
  }
}
