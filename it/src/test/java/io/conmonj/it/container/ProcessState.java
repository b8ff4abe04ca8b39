package io.conmonj.it.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process has got from whoever started it, as proc(5) tells it: the same for two processes
 * that were started alike, wherever and whenever.
 */
final class ProcessState {
  /** Of {@code status}: what differs from one process to another of the same kind. */
  private static final List<String> OWN =
      List.of(
          "Name",
          "State",
          "Tgid",
          "Ngid",
          "Pid",
          "PPid",
          "NStgid",
          "NSpid",
          "NSpgid",
          "NSsid",
          "Vm",
          "Rss",
          "Hugetlb",
          "Threads",
          "SigQ",
          "voluntary",
          "nonvoluntary",
          "FDSize",
          // A shell passes on what it was told to ignore itself.
          "SigIgn");

  private ProcessState() {}

  /** By the names of the files below {@code /proc/PID}, and of {@code stat}'s fields. */
  static Map<String, String> of(long pid) {
    try {
      Path proc = Path.of("/proc", Long.toString(pid));
      Map<String, String> state = new TreeMap<>();
      for (String file :
          List.of("coredump_filter", "oom_score_adj", "limits", "timerslack_ns", "cmdline")) {
        state.put(file, Files.readString(proc.resolve(file), StandardCharsets.ISO_8859_1));
      }
      state.put(
          "environ",
          Stream.of(Files.readString(proc.resolve("environ")).split("\0", -1))
              .sorted()
              .collect(Collectors.joining("\n")));
      state.put(
          "status",
          Files.readAllLines(proc.resolve("status"), StandardCharsets.ISO_8859_1).stream()
              .filter(line -> OWN.stream().noneMatch(line::startsWith))
              .collect(Collectors.joining("\n")));
      state.put("cwd", Files.readSymbolicLink(proc.resolve("cwd")).toString());
      state.put("fd", descriptors(proc.resolve("fd")));
      String stat = Files.readString(proc.resolve("stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      state.put("leads its session", Boolean.toString(fields.get(6 - 3).equals("" + pid)));
      state.put("priority and niceness", fields.get(18 - 3) + " " + fields.get(19 - 3));
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The signals that a process ignores, as proc(5) writes them. */
  static String ignored(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .findAny()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers and kinds; pipes and sockets have numbers of their own. */
  private static String descriptors(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().map(ProcessState::descriptor).collect(Collectors.joining("\n"));
    }
  }

  private static String descriptor(Path link) {
    try {
      String target = Files.readSymbolicLink(link).toString().replaceFirst(":\\[.*", "");
      return link.getFileName() + " " + target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
