package io.conmonj.it.embedding;

import io.conmonj.streaming.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A process of this machine with its streams.
 *
 * @param process as Java started it
 * @param stdin what it reads
 * @param stdout what it writes
 * @param stderr what it writes as errors; empty at once with a terminal
 * @param terminal that it runs on, if it does
 */
record LocalProcess(
    Process process,
    OutputStream stdin,
    InputStream stdout,
    InputStream stderr,
    Optional<LocalTerminal> terminal) {

  static LocalProcess onPipes(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return new LocalProcess(
        process,
        process.getOutputStream(),
        process.getInputStream(),
        process.getErrorStream(),
        Optional.empty());
  }

  static LocalProcess onTerminal(List<String> command) throws IOException {
    LocalTerminal terminal = LocalTerminal.open();
    return new LocalProcess(
        terminal.start(command),
        terminal.input(),
        terminal.output(),
        InputStream.nullInputStream(),
        Optional.of(terminal));
  }

  /** The end of its input; that of a terminal is a character that is typed. */
  void endStdin() throws IOException {
    if (terminal.isEmpty()) {
      stdin.close();
    }
  }

  void resize(TerminalSize size) {
    terminal.ifPresent(t -> t.resize(size));
  }

  /** Its client is gone. */
  void hangUp() {
    process.destroy();
  }

  CompletableFuture<Integer> exitCode() {
    return process.onExit().thenApply(Process::exitValue);
  }
}
