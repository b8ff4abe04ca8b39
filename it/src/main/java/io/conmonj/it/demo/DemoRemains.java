package io.conmonj.it.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the demonstration may have left in the system.
 *
 * @param directory of its files; whatever names it belongs to it
 */
record DemoRemains(Path directory) {
  private static final String CGROUP_PREFIX = "conmonj-demo-";

  /** Command lines of processes that name the directory, this one's own apart. */
  List<String> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .map(process -> commandLine(process.pid()))
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }

  /** Mounts in the directory. */
  List<String> mounts() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines.filter(line -> line.contains(directory.toString())).toList();
    }
  }

  /** Cgroups of the demonstration's containers, in any hierarchy. */
  List<Path> cgroups() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("/sys/fs/cgroup"), 3)) {
      return all.filter(path -> path.getFileName().toString().startsWith(CGROUP_PREFIX)).toList();
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
