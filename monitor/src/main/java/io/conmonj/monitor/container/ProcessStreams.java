package io.conmonj.monitor.container;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.HeldStream;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The monitor's ends of a process's standard streams. */
sealed interface ProcessStreams {
  /** What is written to the process; empty when it has no input. */
  Optional<PipeWriter> stdin();

  /** Its output streams; none when they are missing. */
  List<PipeReader> readers();

  /** Whether they are one terminal. */
  default boolean isTerminal() {
    return readers().size() == 1;
  }

  /** Begins to deliver the output; with a terminal {@code stderr} is never called. */
  void start(BytesListener stdout, BytesListener stderr);

  /**
   * Sets the size of its terminal.
   *
   * @throws IOException when it has none
   */
  void resize(WindowSize size) throws IOException;

  /**
   * Keeps them for the worker after this one, each until it ends.
   *
   * @param prefix what their names begin with
   */
  default void keepIn(Keeping keeping, String prefix) {
    if (stdin().isPresent()) {
      stdin().get().keepIn(keeping, prefix + KeptNames.STDIN, WakeRule.NEVER);
    }
    readers().getFirst().keepIn(keeping, prefix + KeptNames.STDOUT, WakeRule.OUTPUT);
    if (readers().size() > 1) {
      readers().getLast().keepIn(keeping, prefix + KeptNames.STDERR, WakeRule.OUTPUT);
    }
  }

  /**
   * Has a copy of each that has not ended deposited, to be withdrawn by {@link
   * KeptNames#withdrawStreams}.
   *
   * @param prefix what their names begin with
   * @throws IOException when one is refused; others may have been deposited
   */
  default void deposit(Keeping keeping, String prefix) throws IOException {
    if (stdin().isPresent() && !stdin().get().closed().isDone()) {
      keeping.depositOrFail(prefix + KeptNames.STDIN, stdin().get().descriptor(), WakeRule.NEVER);
    }
    deposit(readers().getFirst(), keeping, prefix + KeptNames.STDOUT);
    if (readers().size() > 1) {
      deposit(readers().getLast(), keeping, prefix + KeptNames.STDERR);
    }
  }

  /** Its client has gone: a terminal is hung up, pipes are closed. */
  void hangUp();

  /** Three pipes. */
  record Pipes(Optional<PipeWriter> stdin, PipeReader stdout, HeldStream stderr)
      implements ProcessStreams {
    @Override
    public List<PipeReader> readers() {
      return List.of(stdout, stderr.reader());
    }

    @Override
    public void start(BytesListener out, BytesListener err) {
      stdout.listener(out);
      stdout.resume();
      stderr.release(err);
      stderr.reader().resume();
    }

    @Override
    public void resize(WindowSize size) throws IOException {
      throw new IOException("container has no terminal");
    }

    @Override
    public void hangUp() {
      stdin.ifPresent(PipeWriter::close);
      stdout.close();
      stderr.close();
    }
  }

  /** One terminal. */
  record OnTerminal(Terminal terminal) implements ProcessStreams {
    @Override
    public Optional<PipeWriter> stdin() {
      return Optional.of(terminal.input());
    }

    @Override
    public List<PipeReader> readers() {
      return List.of(terminal.output());
    }

    @Override
    public void start(BytesListener stdout, BytesListener stderr) {
      terminal.output().listener(stdout);
      terminal.output().resume();
    }

    @Override
    public void resize(WindowSize size) throws IOException {
      terminal.resize(size);
    }

    @Override
    public void keepIn(Keeping keeping, String prefix) {
      terminal.output().keepIn(keeping, prefix + KeptNames.TERMINAL, WakeRule.OUTPUT);
    }

    @Override
    public void deposit(Keeping keeping, String prefix) throws IOException {
      ProcessStreams.deposit(terminal.output(), keeping, prefix + KeptNames.TERMINAL);
    }

    @Override
    public void hangUp() {
      terminal.close();
    }
  }

  /**
   * What a worker before this one had open: pipes, or a terminal that has ended.
   *
   * @param readers one for a terminal, two for pipes
   */
  record Resumed(Optional<PipeWriter> stdin, List<PipeReader> readers) implements ProcessStreams {
    @Override
    public void start(BytesListener stdout, BytesListener stderr) {
      readers.getLast().listener(stderr);
      readers.getFirst().listener(stdout);
      for (PipeReader each : readers) {
        each.resume();
      }
    }

    @Override
    public void resize(WindowSize size) throws IOException {
      throw new IOException("container has no terminal");
    }

    @Override
    public void hangUp() {
      stdin.ifPresent(PipeWriter::close);
      readers.forEach(PipeReader::close);
    }
  }

  /**
   * What a worker before this one had open and this one cannot open. It stays where it is kept, for
   * the next worker: whoever writes to it waits once it is full, and nothing of it is lost before
   * the process's end.
   *
   * @param keptIn where it is kept
   * @param keptAs what the names of its parts begin with there
   */
  record Missing(Keeping keptIn, String keptAs) implements ProcessStreams {
    @Override
    public Optional<PipeWriter> stdin() {
      return Optional.empty();
    }

    @Override
    public List<PipeReader> readers() {
      return List.of();
    }

    @Override
    public void start(BytesListener stdout, BytesListener stderr) {
      // There is nothing to be read.
    }

    @Override
    public void resize(WindowSize size) throws IOException {
      throw new IOException("terminal of container could not be taken over");
    }

    @Override
    public void keepIn(Keeping keeping, String prefix) {
      // It is kept.
    }

    @Override
    public void deposit(Keeping keeping, String prefix) {
      // There is nothing to be read from or written to.
    }

    @Override
    public void hangUp() {
      KeptNames.withdrawStreams(keptIn, keptAs);
    }
  }

  private static void deposit(PipeReader reader, Keeping keeping, String name) throws IOException {
    if (!reader.ended()) {
      keeping.depositOrFail(name, reader.descriptor(), WakeRule.OUTPUT);
    }
  }
}
