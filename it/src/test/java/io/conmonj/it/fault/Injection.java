package io.conmonj.it.fault;

import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has one system call of one thread of a running monitor fail, the Nth of its kind from now on. The
 * monitor is the distribution as it is: strace stands between it and the kernel.
 */
final class Injection implements AutoCloseable {
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final String INJECTED = "(INJECTED)";

  private final Process strace;
  private final Path trace;

  private Injection(Process strace, Path trace) {
    this.strace = strace;
    this.trace = trace;
  }

  static boolean isPossible() {
    return Files.isExecutable(STRACE);
  }

  /**
   * Begins.
   *
   * @param threads of the monitor; each counts its own calls
   * @param directory for the trace
   */
  static Injection begin(List<Long> threads, Fault fault, int number, Path directory)
      throws IOException {
    Path trace = Files.createTempFile(directory, "trace-", "");
    Path attached = Files.createTempFile(directory, "attached-", "");
    List<String> command =
        new ArrayList<>(
            List.of(
                STRACE.toString(),
                "-o",
                trace.toString(),
                "-e",
                "trace=" + fault.call(),
                "-e",
                "inject=" + fault.call() + ":error=" + fault.error() + ":when=" + number));
    threads.forEach(each -> command.addAll(List.of("-p", each.toString())));
    Process strace = new ProcessBuilder(command).redirectError(attached.toFile()).start();
    Injection begun = new Injection(strace, trace);
    Await.until(
        "strace is attached", () -> read(attached).split(" attached", -1).length > threads.size());
    return begun;
  }

  /** Whether the call has come to pass, and failed. */
  boolean happened() {
    return read(trace).contains(INJECTED);
  }

  /** The call that failed, for messages. */
  String failedCall() {
    return read(trace).lines().filter(each -> each.contains(INJECTED)).findFirst().orElse("none");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets go of the monitor. */
  @Override
  public void close() throws IOException {
    strace.destroy();
    try {
      if (!strace.waitFor(60, TimeUnit.SECONDS)) {
        throw new IOException("strace did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while strace ended", e);
    }
  }
}
