package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.oci.RuntimeRun;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.ConsoleSocket;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.stdio.Terminal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standard streams of a process that is being launched: pipes that are made before the runtime
 * is called, or a terminal that the runtime sends. In the end the monitor's ends of them are handed
 * over, or closed. Loop thread only.
 */
final class LaunchStreams {
  private static final Logger LOG = LoggerFactory.getLogger(LaunchStreams.class);

  /**
   * Capacity of the pipe for standard output, in bytes: four times what is read at once, so that
   * the process can write while the monitor reads. With the usual 64 KiB they take turns, and a
   * container that writes as fast as it can gets a third less through.
   */
  private static final int OUTPUT_CAPACITY = 4 * ReadBuffer.SIZE;

  private final LaunchContext context;
  private Optional<ConsoleSocket> console = Optional.empty();
  private Optional<Terminal> terminal = Optional.empty();
  private Optional<Pipe> input = Optional.empty();
  private Optional<Pipe> output = Optional.empty();
  private Optional<PipeWriter> stdin = Optional.empty();
  private Optional<PipeReader> stdout = Optional.empty();

  LaunchStreams(LaunchContext context) {
    this.context = context;
  }

  /**
   * Opens a socket to which the runtime is to send the terminal.
   *
   * @return completes with the terminal, which {@link #take} takes over
   */
  CompletableFuture<Pty> expectTerminal() throws IOException {
    ConsoleSocket socket = context.consoles().open();
    console = Optional.of(socket);
    return socket.terminal();
  }

  /**
   * Makes pipes for output and, if it is wanted, for input; standard error is the runtime's run's.
   */
  void openPipes(boolean withInput) throws IOException {
    Pipe out = Pipe.open();
    output = Optional.of(out);
    widen(out);
    stdout =
        Optional.of(
            PipeReader.open(
                context.loop(),
                Fd.adopt(out.readEnd().release()),
                context.buffer(),
                BytesListener.DISCARD));
    if (withInput) {
      Pipe in = Pipe.open();
      input = Optional.of(in);
      stdin = Optional.of(PipeWriter.open(context.loop(), Fd.adopt(in.writeEnd().release())));
    }
  }

  private static void widen(Pipe output) {
    try {
      Pipe.setCapacity(output.readEnd(), OUTPUT_CAPACITY);
    } catch (KernelException quota) {
      LOG.debug("output pipe stays small", quota);
    }
  }

  /** Where the runtime finds the socket for the terminal; empty with pipes. */
  Optional<String> consolePath() {
    return console.map(ConsoleSocket::path);
  }

  /** The end of the pipe that the process reads from; empty if there is none. */
  Optional<Fd> processInput() {
    return input.map(Pipe::readEnd);
  }

  /** The end of the pipe that the process writes to; empty if there is none. */
  Optional<Fd> processOutput() {
    return output.map(Pipe::writeEnd);
  }

  /** Closes the ends that the process has got; otherwise the monitor's would never see an end. */
  void closeProcessEnds() {
    input.ifPresent(Pipe::close);
    output.ifPresent(Pipe::close);
  }

  /**
   * Takes over the terminal.
   *
   * @throws IOException when it cannot be used; it is closed then
   */
  void take(Pty pty, Optional<WindowSize> size) throws IOException {
    if (size.isPresent()) {
      pty.resize(size.get());
    }
    terminal =
        Optional.of(Terminal.open(context.loop(), pty, context.buffer(), BytesListener.DISCARD));
  }

  /** Looks whether the terminal has come, without waiting to be told. */
  void lookForTerminal() {
    console.ifPresent(ConsoleSocket::poll);
  }

  /** Whether all of them are here: a terminal that is expected may not be yet. */
  boolean complete() {
    return console.isEmpty() || terminal.isPresent();
  }

  /** Expects a terminal no longer. */
  void closeConsole() {
    console.ifPresent(ConsoleSocket::close);
  }

  /** Hands over the monitor's ends, standard error being that of the runtime's run. */
  ProcessStreams handOver(RuntimeRun run) {
    if (terminal.isPresent()) {
      run.stderr().close();
      return new ProcessStreams.OnTerminal(terminal.get());
    }
    return new ProcessStreams.Pipes(stdin, stdout.orElseThrow(), run.stderr());
  }

  /** Closes all that has not been handed over. */
  void close() {
    closeConsole();
    terminal.ifPresent(Terminal::close);
    stdout.ifPresent(PipeReader::close);
    stdin.ifPresent(PipeWriter::close);
  }
}
