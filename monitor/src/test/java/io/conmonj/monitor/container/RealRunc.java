package io.conmonj.monitor.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The runc of this machine, with a state directory of the test's own. */
final class RealRunc {
  static final Path PROGRAM = Path.of("/usr/sbin/runc");
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final int ROOT = 0;

  private final Path root;

  RealRunc(Path root) {
    this.root = root;
  }

  /** Skips the test, by name and with the reason, where containers cannot be made. */
  static void assumeAvailable() throws IOException {
    assumeTrue(
        ROOT == (int) (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"),
        "needs root to make containers");
    assumeTrue(Files.isExecutable(PROGRAM), "needs " + PROGRAM);
    assumeTrue(Files.isExecutable(BUSYBOX), "needs a static " + BUSYBOX);
  }

  Path root() {
    return root;
  }

  /** Runs it and gives its output; fails when it fails. */
  String run(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(PROGRAM.toString(), "--root", root.toString()));
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("runc " + String.join(" ", arguments) + ": " + output);
    }
    return output;
  }

  /** Runs it for a process that it leaves behind, whose output is dropped. */
  void detached(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(PROGRAM.toString(), "--root", root.toString()));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("runc " + String.join(" ", arguments) + " failed");
    }
  }

  /** Makes a bundle whose root file system is busybox. */
  static Path bundle(Path directory, boolean terminal, String... command) throws Exception {
    Path bin = Files.createDirectories(directory.resolve("rootfs/bin"));
    Files.copy(BUSYBOX, bin.resolve("busybox"));
    for (String applet :
        List.of("sh", "cat", "echo", "sleep", "stty", "dd", "seq", "true", "kill")) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
    Files.createDirectories(directory.resolve("rootfs/tmp"));
    Process spec =
        new ProcessBuilder(PROGRAM.toString(), "spec", "--bundle", directory.toString())
            .inheritIO()
            .start();
    if (spec.waitFor() != 0) {
      throw new IOException("runc spec failed");
    }
    Path config = directory.resolve("config.json");
    StringBuilder arguments = new StringBuilder();
    for (String word : command) {
      arguments
          .append(arguments.isEmpty() ? "" : ", ")
          .append('"')
          .append(word.replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"');
    }
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"terminal\": true", "\"terminal\": " + terminal)
            .replace("\"sh\"", arguments)
            .replace("\"readonly\": true", "\"readonly\": false"));
    return directory;
  }
}
