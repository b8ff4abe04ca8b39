package io.conmonj.it.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * systemd's real journald, in a mount namespace with a /run of its own, so that it is in nobody's
 * way. It can be stopped and started again while the namespace stays.
 */
final class Journald implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/lib/systemd/systemd-journald");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Its own rate limit is off: what is missing would be missing by our fault. */
  private static final String NAMESPACE =
      "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journald.conf.d /run/log/journal"
          + " && printf '[Journal]\\nRateLimitIntervalSec=0\\nStorage=volatile\\n'"
          + " >/run/systemd/journald.conf.d/test.conf && echo ready && exec cat";

  private final Process namespace;
  private Process daemon;

  private Journald(Process namespace) {
    this.namespace = namespace;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  static Journald start() throws IOException {
    Process namespace =
        new ProcessBuilder("unshare", "--mount", "sh", "-c", NAMESPACE)
            .redirectErrorStream(true)
            .start();
    Journald journald = new Journald(namespace);
    byte[] ready = namespace.getInputStream().readNBytes("ready".length());
    if (!new String(ready, StandardCharsets.UTF_8).equals("ready")) {
      journald.close();
      throw new IOException("make a mount namespace: " + new String(ready, StandardCharsets.UTF_8));
    }
    journald.startDaemon();
    return journald;
  }

  /** Starts it, again if it was stopped. */
  void startDaemon() throws IOException {
    daemon = new ProcessBuilder(inNamespace(PROGRAM.toString())).start();
    Await.until("journald", () -> run("test -S /run/systemd/journal/socket") == 0);
    Await.until("journald", () -> run("echo up | systemd-cat") == 0);
  }

  /** Writes a message of another program, and waits until it is in the journal. */
  void mark() {
    run("echo mark | systemd-cat -t mark");
    Await.until("the mark", () -> !matching("-t", "mark").isEmpty());
  }

  /** Ends it in order. */
  void stopDaemon() throws IOException {
    signal("TERM");
    daemon.onExit().join();
    run("rm -f /run/systemd/journal/socket");
  }

  /** Sends it a signal. */
  void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(daemon.pid())).start().onExit().join();
  }

  /** A program that starts another within the namespace. */
  Path within(Path directory, Path program) throws IOException {
    Path script = directory.resolve("in-namespace");
    String command = String.join(" ", inNamespace(program.toString()));
    Files.writeString(script, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private List<String> inNamespace(String... command) {
    List<String> all =
        new ArrayList<>(
            List.of("nsenter", "--mount=/proc/" + namespace.pid() + "/ns/mnt", "--wd=/"));
    all.addAll(List.of(command));
    return all;
  }

  private int run(String command) {
    try {
      return new ProcessBuilder(inNamespace("sh", "-c", command))
          .start()
          .onExit()
          .join()
          .exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of a container, in their order. */
  List<JsonNode> entries(String containerId) {
    return matching("CONTAINER_ID_FULL=" + containerId);
  }

  /** The entries that journalctl shows with these arguments, in their order. */
  List<JsonNode> matching(String... arguments) {
    List<String> command = new ArrayList<>(List.of("journalctl", "--all", "-o", "json"));
    command.addAll(List.of(arguments));
    List<JsonNode> entries = new ArrayList<>();
    try {
      Process journalctl = new ProcessBuilder(inNamespace(command.toArray(String[]::new))).start();
      try (InputStream out = journalctl.getInputStream()) {
        String lines = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        for (String line : lines.lines().toList()) {
          if (line.startsWith("{")) {
            entries.add(JSON.readTree(line));
          }
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages of a container, in their order. */
  List<String> messages(String containerId) {
    return entries(containerId).stream().map(entry -> entry.get("MESSAGE").asText()).toList();
  }

  @Override
  public void close() throws IOException {
    if (daemon != null && daemon.isAlive()) {
      signal("CONT");
      stopDaemon();
    }
    namespace.destroy();
    namespace.onExit().join();
  }
}
