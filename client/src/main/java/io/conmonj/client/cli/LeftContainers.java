package io.conmonj.client.cli;

import io.conmonj.client.model.ListedContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The containers of a monitor that are there when it has ended: a paused one cannot be killed. */
final class LeftContainers {
  private record Watched(ListedContainer container, String startTime) {}

  // proc_pid_stat(5): fields are counted from 1, the state is the first after the name.
  private static final int STATE = 3;
  private static final int START_TIME = 22;

  private final List<Watched> watched = new ArrayList<>();

  /** Notes them while the monitor looks after them. */
  LeftContainers(List<ListedContainer> containers) {
    for (ListedContainer each : containers) {
      List<String> stat = stat(each.processId());
      if (!stat.isEmpty()) {
        watched.add(new Watched(each, stat.get(START_TIME - STATE)));
      }
    }
  }

  /** Tells of each that is there now, in a line of text. */
  List<String> told() {
    List<String> lines = new ArrayList<>();
    for (Watched each : watched) {
      long pid = each.container().processId();
      List<String> stat = stat(pid);
      if (!stat.isEmpty()
          && stat.get(START_TIME - STATE).equals(each.startTime())
          && !stat.getFirst().equals("Z")) {
        lines.add(
            "container "
                + each.container().id()
                + " is still there"
                + (isPaused(pid) ? ", paused; it ends when it is resumed" : "")
                + ": process "
                + pid);
      }
    }
    return lines;
  }

  /** The fields from the state on; empty if there is no such process. */
  private static List<String> stat(long pid) {
    String line = read(Path.of("/proc/" + pid + "/stat"));
    // The name before the state stands in brackets and may contain anything.
    return line.isEmpty()
        ? List.of()
        : List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
  }

  /** Whether its control group is frozen (cgroups(7), of version 1 or 2). */
  private static boolean isPaused(long pid) {
    for (String line : read(Path.of("/proc/" + pid + "/cgroup")).split("\n", -1)) {
      int path = line.indexOf(":/");
      String group = path < 0 ? "" : line.substring(path + 1);
      if (line.contains(":freezer:")
          && read(Path.of("/sys/fs/cgroup/freezer" + group + "/freezer.state"))
              .equals("FROZEN\n")) {
        return true;
      }
      if (line.startsWith("0::")
          && read(Path.of("/sys/fs/cgroup" + group + "/cgroup.events")).contains("frozen 1")) {
        return true;
      }
    }
    return false;
  }

  /** Empty where it cannot be read: gone, or not on this kind of machine. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
