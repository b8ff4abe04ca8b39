package io.conmonj.it.crio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs crictl, the command line of the interface between kubelet and runtime.
 *
 * @param program its executable
 * @param socket where CRI-O listens
 */
record Crictl(String program, Path socket) {
  private static final long LIMIT_SECONDS = 120;

  /** A run that has ended. */
  record Result(int code, String out, String error) {
    boolean succeeded() {
      return code == 0;
    }
  }

  /**
   * Runs it, without stdin.
   *
   * @return what it wrote on standard output, stripped
   * @throws AssertionError when it fails
   */
  String run(String... arguments) {
    Result result = tries(arguments);
    if (!result.succeeded()) {
      throw new AssertionError("crictl " + String.join(" ", arguments) + ": " + result);
    }
    return result.out().strip();
  }

  /** The same, where failing is allowed. */
  Result tries(String... arguments) {
    return triesWith("", arguments);
  }

  /** Runs it with a text on its standard input. */
  Result triesWith(String input, String... arguments) {
    try {
      Path error = Files.createTempFile("conmonj-crictl-", ".err");
      Path in = Files.writeString(Files.createTempFile("conmonj-crictl-", ".in"), input);
      try {
        Process process =
            new ProcessBuilder(command(arguments))
                .redirectInput(in.toFile())
                .redirectError(error.toFile())
                .start();
        // It does not end on SIGTERM while it is attached.
        process
            .onExit()
            .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
            .exceptionally(late -> process.destroyForcibly());
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.onExit().join().exitValue(), out, Files.readString(error));
      } finally {
        Files.delete(error);
        Files.delete(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole command line. */
  List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program,
                "--config=/dev/null",
                "--runtime-endpoint=unix://" + socket,
                "--image-endpoint=unix://" + socket,
                "--timeout=60s"));
    command.addAll(List.of(arguments));
    return command;
  }
}
