package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Pty;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A container's streams as the worker before this one has left them. What is missing has ended.
 * Loop thread only.
 */
final class KeptStreams {
  private final LaunchContext context;
  private final Inheritance left;
  private final String prefix;
  private final List<PipeReader> opened = new ArrayList<>();

  /**
   * @param prefix what the names of its descriptors begin with
   */
  KeptStreams(LaunchContext context, Inheritance left, String prefix) {
    this.context = context;
    this.left = left;
    this.prefix = prefix;
  }

  /** Closes what is kept of containers that nobody knows any more. */
  static void dropOthers(Inheritance left, Keeping keeping) {
    for (String name : left.left()) {
      if (KeptNames.isOfContainer(name)) {
        left.take(name).ifPresent(Fd::close);
        left.loses("descriptor " + name + " is of no container that is known");
        keeping.withdraw(name);
      }
    }
  }

  /**
   * Those of a container.
   *
   * @throws IOException when any of them cannot be used; then they stay where they are kept
   */
  ProcessStreams open(boolean terminal, boolean stdin) throws IOException {
    boolean done = false;
    try {
      ProcessStreams streams = terminal ? terminal() : pipes(stdin);
      done = true;
      return streams;
    } finally {
      if (!done) {
        closeCopies();
      }
    }
  }

  private void closeCopies() {
    opened.forEach(PipeReader::close);
    for (String part : KeptNames.STREAMS) {
      left.take(prefix + part).ifPresent(Fd::close);
    }
  }

  /** For those that could not be opened. */
  ProcessStreams missing() {
    return new ProcessStreams.Missing(context.keeping(), prefix);
  }

  private ProcessStreams pipes(boolean stdin) throws IOException {
    List<PipeReader> readers = List.of(reader(KeptNames.STDOUT), reader(KeptNames.STDERR));
    return new ProcessStreams.Resumed(stdin ? Optional.of(writer()) : Optional.empty(), readers);
  }

  private ProcessStreams terminal() throws IOException {
    Optional<Fd> master = left.take(prefix + KeptNames.TERMINAL);
    if (master.isEmpty()) {
      return new ProcessStreams.Resumed(Optional.of(endedWriter()), List.of(endedReader()));
    }
    return new ProcessStreams.OnTerminal(
        Terminal.resume(
            context.loop(), Pty.adopt(master.get()), context.buffer(), BytesListener.DISCARD));
  }

  private PipeReader reader(String name) throws IOException {
    Optional<Fd> kept = left.take(prefix + name);
    return kept.isPresent() ? reader(kept.get()) : endedReader();
  }

  private PipeReader endedReader() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      return reader(Fd.adopt(pipe.readEnd().release()));
    }
  }

  private PipeReader reader(Fd fd) throws IOException {
    PipeReader reader =
        PipeReader.open(context.loop(), fd, context.buffer(), BytesListener.DISCARD);
    opened.add(reader);
    return reader;
  }

  private PipeWriter writer() throws IOException {
    Optional<Fd> kept = left.take(prefix + KeptNames.STDIN);
    return kept.isPresent() ? PipeWriter.open(context.loop(), kept.get()) : endedWriter();
  }

  private PipeWriter endedWriter() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      PipeWriter writer = PipeWriter.open(context.loop(), Fd.adopt(pipe.writeEnd().release()));
      writer.close();
      return writer;
    }
  }
}
