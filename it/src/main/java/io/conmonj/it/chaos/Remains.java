package io.conmonj.it.chaos;

import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may be left in the system when all has ended.
 *
 * @param directory of its files; whatever names it belongs to it
 */
record Remains(Path directory) {
  void areNone() {
    Await.until("no process names " + directory, () -> processes().isEmpty());
    Await.until("no mount is in " + directory, () -> mounts().isEmpty());
  }

  private List<String> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .map(process -> commandLine(process.pid()))
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }

  private List<String> mounts() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines.filter(line -> line.contains(directory.toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
    } catch (IOException ended) {
      return "";
    }
  }
}
