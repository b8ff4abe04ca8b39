package io.conmonj.it.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An OCI bundle on disk: a root filesystem that holds nothing but busybox, and a {@code
 * config.json} made from {@code runc spec}'s.
 *
 * @param directory of the bundle; the root filesystem is {@code rootfs} in it
 */
public record BusyboxBundle(Path directory) {
  /** A static busybox, which needs nothing else in a root filesystem. */
  public static final Path BUSYBOX = Path.of("/bin/busybox");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether busybox is installed. */
  public static boolean canBeMade() {
    return Files.isExecutable(BUSYBOX);
  }

  /**
   * Writes a bundle.
   *
   * @param directory to make it in; created if need be
   * @param terminal whether the container gets a terminal
   * @param args the container's command line
   * @throws UncheckedIOException when busybox is not installed or a file cannot be written
   */
  public static BusyboxBundle create(Path directory, boolean terminal, List<String> args) {
    try {
      Path bin = Files.createDirectories(directory.resolve("rootfs/bin"));
      for (String name : List.of("dev", "proc", "sys", "tmp", "etc")) {
        Files.createDirectories(directory.resolve("rootfs").resolve(name));
      }
      Files.copy(BUSYBOX, bin.resolve("busybox"));
      for (String applet : applets()) {
        if (!applet.equals("busybox")) {
          Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
      }
      Files.writeString(directory.resolve("config.json"), config(terminal, args));
      return new BusyboxBundle(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("make bundle " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes another bundle with the same root filesystem, without a terminal.
   *
   * @param other directory to make it in; created if need be
   * @param args the container's command line
   */
  public BusyboxBundle beside(Path other, List<String> args) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(directory.resolve("config.json").toFile());
    ObjectNode process = (ObjectNode) root.get("process");
    process.put("terminal", false);
    ArrayNode command = process.putArray("args");
    args.forEach(command::add);
    ((ObjectNode) root.get("root")).put("path", directory.resolve("rootfs").toString());
    Files.writeString(
        Files.createDirectories(other).resolve("config.json"), JSON.writeValueAsString(root));
    return new BusyboxBundle(other);
  }

  /**
   * Puts the container into a cgroup of one's choice with a limit to its memory, swap included.
   *
   * @param cgroup absolute, for the cgroupfs manager
   * @param bytes the limit
   */
  public void limitMemory(String cgroup, long bytes) throws IOException {
    Path file = directory.resolve("config.json");
    ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
    ObjectNode linux = (ObjectNode) root.get("linux");
    linux.put("cgroupsPath", cgroup);
    ((ObjectNode) linux.get("resources")).putObject("memory").put("limit", bytes);
    Files.writeString(file, JSON.writeValueAsString(root));
  }

  /** Has the container join a network namespace instead of getting one of its own. */
  public void joinNetwork(Path namespace) throws IOException {
    Path file = directory.resolve("config.json");
    ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
    for (JsonNode each : root.get("linux").get("namespaces")) {
      if (each.get("type").asText().equals("network")) {
        ((ObjectNode) each).put("path", namespace.toString());
      }
    }
    Files.writeString(file, JSON.writeValueAsString(root));
  }

  /** Adds an annotation, as container runtimes do for those who look into bundles. */
  public void annotate(String key, String value) throws IOException {
    Path file = directory.resolve("config.json");
    ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
    root.withObjectProperty("annotations").put(key, value);
    Files.writeString(file, JSON.writeValueAsString(root));
  }

  private static List<String> applets() throws IOException {
    Process process = new ProcessBuilder(BUSYBOX.toString(), "--list").start();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static String config(boolean terminal, List<String> args) throws IOException {
    Path scratch = Files.createTempDirectory("conmonj-spec-");
    try {
      Process spec = new ProcessBuilder("runc", "spec").directory(scratch.toFile()).start();
      String error = new String(spec.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (waitFor(spec) != 0) {
        throw new IOException("runc spec: " + error);
      }
      ObjectNode root = (ObjectNode) JSON.readTree(scratch.resolve("config.json").toFile());
      ObjectNode process = (ObjectNode) root.get("process");
      process.put("terminal", terminal);
      ArrayNode command = process.putArray("args");
      args.forEach(command::add);
      ((ObjectNode) root.get("root")).put("readonly", false);
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } finally {
      Files.deleteIfExists(scratch.resolve("config.json"));
      Files.delete(scratch);
    }
  }

  private static int waitFor(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
