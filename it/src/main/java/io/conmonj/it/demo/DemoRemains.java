package io.conmonj.it.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the demonstration may have left in the system.
 *
 * @param directory of its files; whatever names it belongs to it
 */
record DemoRemains(Path directory) {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  /** Below a hierarchy, and a group in it. */
  private static final int CGROUP_DEPTH = 3;

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
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(CGROUPS, Set.of(), CGROUP_DEPTH, new Finder(found));
    return found;
  }

  /** Other people's cgroups may go while they are looked at. */
  private static final class Finder extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    private Finder(List<Path> found) {
      this.found = found;
    }

    // At the greatest depth, directories come here as well.
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return look(file);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return look(directory);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult look(Path path) {
      if (path.getFileName().toString().startsWith(CGROUP_PREFIX)) {
        found.add(path);
      }
      return FileVisitResult.CONTINUE;
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
