package io.conmonj.it.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads {@code /proc/PID} of one process; see proc(5).
 *
 * @param pid the process
 */
public record ProcessFacts(long pid) {
  // Fields of proc_pid_stat(5): the state is the first after the name; utime, stime, cutime,
  // cstime.
  private static final int STATE = 3;
  private static final int FIRST_TIME = 14;
  private static final int LAST_TIME = 17;

  /** USER_HZ, time(7). */
  private static final long TICK_MILLIS = 10;

  /** Whether the process exists and is not a zombie. */
  public boolean isAlive() {
    try {
      return !stat()[0].equals("Z");
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      if (e.getMessage() != null && e.getMessage().contains("No such process")) {
        return false;
      }
      throw new UncheckedIOException(e);
    }
  }

  /** What each open descriptor is, sorted; for messages when a count is off. */
  public List<String> descriptors() {
    try (Stream<Path> entries = Files.list(proc("fd"))) {
      return entries.map(ProcessFacts::target).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The processes whose parent it is, zombies included. The kernel leaves one out where another
   * goes while they are listed (proc_pid_children(5)), so they are listed until nothing is another.
   */
  public List<Long> children() {
    List<Long> before = List.of();
    List<Long> listed = listChildren();
    while (!listed.equals(before)) {
      before = listed;
      listed = listChildren();
    }
    return listed;
  }

  private List<Long> listChildren() {
    try (Stream<Path> tasks = Files.list(proc("task"))) {
      return tasks.flatMap(ProcessFacts::children).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Long> children(Path task) {
    try {
      String pids = Files.readString(task.resolve("children")).strip();
      return pids.isEmpty() ? Stream.empty() : Stream.of(pids.split(" ")).map(Long::valueOf);
    } catch (IOException ended) {
      return Stream.empty();
    }
  }

  /** How many threads it has. */
  public int threads() {
    try (Stream<Path> entries = Files.list(proc("task"))) {
      return (int) entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resident memory in KiB, pages shared with others included. */
  public long residentKiB() {
    return rollup("Rss:");
  }

  /** Resident memory in KiB that no other process shares. */
  public long privateKiB() {
    return rollup("Private_Clean:") + rollup("Private_Dirty:");
  }

  /** Resident memory in KiB, each shared page divided by the number of its users. */
  public long proportionalKiB() {
    return rollup("Pss:");
  }

  /** The most resident memory that it has had, in KiB. */
  public long peakResidentKiB() {
    return sum("status", "VmHWM:");
  }

  /**
   * Processor time of it and of all children that it has waited for, in milliseconds; the kernel
   * counts in steps of ten.
   */
  public long processorMillis() {
    try {
      String[] fields = stat();
      long ticks = 0;
      for (int field = FIRST_TIME; field <= LAST_TIME; field++) {
        ticks += Long.parseLong(fields[field - STATE]);
      }
      return ticks * TICK_MILLIS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the state on: the name before it may have any characters. */
  private String[] stat() throws IOException {
    String stat = Files.readString(proc("stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private long rollup(String key) {
    return sum("smaps_rollup", key);
  }

  private long sum(String file, String key) {
    try (Stream<String> lines = Files.lines(proc(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).replace("kB", "").strip())
          .mapToLong(Long::parseLong)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "closed";
    }
  }
}
