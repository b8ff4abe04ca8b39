package io.conmonj.it.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conmonj.client.model.LogConfig;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLines;
import io.conmonj.it.pod.HostCommand;
import io.conmonj.it.pod.PodContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A container that writes numbered lines when it is told to, and notes whatever it is not meant to
 * see: SIGHUP, SIGPIPE, a write that fails.
 */
final class Talker implements AutoCloseable {
  /** Where it writes, and how that is logged. */
  enum Kind {
    /** A pipe, in the CRI format. */
    PIPE,
    /** A terminal, in the CRI format. */
    TERMINAL,
    /** A pipe for errors, as JSON. */
    ERRORS
  }

  private static final String PADDING = "x".repeat(200);

  private final Kind kind;
  private final PodContainer container;
  private final RandomAccessFile orders;

  private Talker(Kind kind, PodContainer container, RandomAccessFile orders) {
    this.kind = kind;
    this.container = container;
    this.orders = orders;
  }

  static Talker start(BusyboxPod pod, Kind kind) throws IOException {
    String script = script(kind == Kind.ERRORS ? ">&2" : "");
    PodContainer container =
        kind == Kind.TERMINAL
            ? pod.terminalContainer("sh", "-c", script)
            : pod.container("sh", "-c", script);
    Path fifo = container.root().resolve("tmp/orders");
    HostCommand.run("mkfifo", fifo.toString());
    // Open for both, so that nobody waits for the other end.
    RandomAccessFile orders = new RandomAccessFile(fifo.toFile(), "rw");
    container.create(
        it ->
            kind == Kind.ERRORS
                ? it.logDrivers(List.of(new LogConfig.Json(container.log(), 0)))
                : it);
    container.start();
    return new Talker(kind, container, orders);
  }

  private static String script(String redirection) {
    return """
      trap 'echo HUP >> /tmp/seen' HUP
      trap 'echo PIPE >> /tmp/seen' PIPE
      exec 3< /tmp/orders
      i=0
      while read n <&3; do
        [ $n != 0 ] || break
        awk -v i=$i -v n=$n -v pad=%s 'BEGIN { for (j = 1; j <= n; j++) print i + j " " pad }' %s \
          || echo "awk ended with $?" >> /tmp/seen
        i=$((i + n))
      done
      echo $i > /tmp/total
      """
        .formatted(PADDING, redirection);
  }

  PodContainer container() {
    return container;
  }

  /** Has it write; returns at once. */
  void say(int lines) throws IOException {
    orders.writeBytes(lines + "\n");
  }

  /** Has it end once it has written all, and looks at what is in its log. */
  NumberedLines end() throws IOException {
    say(0);
    Await.until("the exit of " + kind + " is recorded", container::hasExited);
    if (!container.exitCode().equals("0")) {
      throw new AssertionError(kind + " ended with " + container.exitCode());
    }
    Path seen = container.root().resolve("tmp/seen");
    if (Files.exists(seen)) {
      throw new AssertionError(kind + " has seen " + Files.readString(seen));
    }
    NumberedLines lines = new NumberedLines(PADDING);
    if (kind == Kind.ERRORS) {
      readJson(lines);
    } else {
      readCri(lines);
    }
    lines.end(Long.parseLong(Files.readString(container.root().resolve("tmp/total")).strip()));
    return lines;
  }

  private void readCri(NumberedLines lines) throws IOException {
    CriLines log = new CriLines("stdout");
    for (String each : log.endingIn(container.log())) {
      lines.add(kind == Kind.TERMINAL && each.endsWith("\r") ? each.strip() : each);
    }
    log.unfinished().ifPresent(lines::add);
  }

  private void readJson(NumberedLines lines) throws IOException {
    ObjectMapper json = new ObjectMapper();
    StringBuilder begun = new StringBuilder();
    try (BufferedReader log = Files.newBufferedReader(container.log(), StandardCharsets.UTF_8)) {
      for (String each = log.readLine(); each != null; each = log.readLine()) {
        JsonNode record = json.readTree(each);
        begun.append(record.get("message").asText());
        if (!record.path("partial").asBoolean()) {
          lines.add(begun.toString());
          begun.setLength(0);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    orders.close();
  }
}
