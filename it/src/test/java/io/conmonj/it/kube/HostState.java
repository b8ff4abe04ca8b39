package io.conmonj.it.kube;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a kubelet changes on its machine outside of the directories that it is given: kernel
 * settings ({@code setupKernelTunables} of its container manager), directories with fixed names,
 * its cgroups. As it was found, so is it put back.
 */
final class HostState {
  private static final List<String> SETTINGS =
      List.of(
          "vm/overcommit_memory",
          "vm/panic_on_oom",
          "kernel/panic",
          "kernel/panic_on_oops",
          "kernel/keys/root_maxkeys",
          "kernel/keys/root_maxbytes");
  private static final List<Path> DIRECTORIES =
      List.of(Path.of("/var/lib/kubelet"), Path.of("/var/log/containers"));
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private final Map<Path, String> settings = new LinkedHashMap<>();
  private final List<Path> added = new ArrayList<>();

  private HostState() {}

  /** Remembers what is there now. */
  static HostState remember() throws IOException {
    HostState state = new HostState();
    for (String name : SETTINGS) {
      Path file = Path.of("/proc/sys").resolve(name);
      state.settings.put(file, setting(file));
    }
    Stream.concat(DIRECTORIES.stream(), kubeletCgroups().stream())
        .filter(Files::notExists)
        .forEach(state.added::add);
    return state;
  }

  /** In one read: another one gives nothing (proc_dointvec), however little the first has taken. */
  private static String setting(Path file) throws IOException {
    byte[] value = new byte[64];
    try (FileInputStream open = new FileInputStream(file.toFile())) {
      return new String(value, 0, open.read(value), StandardCharsets.US_ASCII);
    }
  }

  /** With cgroups of version 1 in each hierarchy, with version 2 in the one. */
  private static List<Path> kubeletCgroups() throws IOException {
    try (Stream<Path> hierarchies = Files.list(CGROUPS)) {
      return Stream.concat(Stream.of(CGROUPS), hierarchies.filter(Files::isDirectory))
          .map(hierarchy -> hierarchy.resolve("kubepods"))
          .toList();
    }
  }

  /** Puts it back; nothing of the node may be running. */
  void restore() throws IOException {
    for (Map.Entry<Path, String> setting : settings.entrySet()) {
      Files.writeString(setting.getKey(), setting.getValue());
    }
    for (Path directory : added) {
      if (Files.isDirectory(directory)) {
        remove(directory);
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    // A cgroup is removed with the files in it, none of which can be removed alone.
    boolean cgroup = directory.startsWith(CGROUPS);
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        if (!cgroup || Files.isDirectory(path)) {
          Files.delete(path);
        }
      }
    }
  }
}
