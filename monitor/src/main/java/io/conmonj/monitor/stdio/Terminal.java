package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;

/**
 * The master side of the terminal that a process runs on: one stream in, one out, a size, and an
 * end. Loop thread only.
 */
public final class Terminal implements AutoCloseable {
  private final Pty pty;
  private final PipeReader output;
  private final PipeWriter input;

  private Terminal(Pty pty, PipeReader output, PipeWriter input) {
    this.pty = pty;
    this.output = output;
    this.input = input;
    // When no process has the terminal open for writing, none reads from it either.
    var _ = output.finished().thenRun(input::close);
  }

  /**
   * Takes over a terminal.
   *
   * @param listener gets the output once {@link #output} is resumed
   * @throws IOException when it cannot be read and written without waiting; it is closed then
   */
  public static Terminal open(EventLoop loop, Pty pty, ReadBuffer buffer, BytesListener listener)
      throws IOException {
    try {
      pty.translateNewlines();
    } catch (IOException refused) {
      pty.close();
      throw refused;
    }
    return resume(loop, pty, buffer, listener);
  }

  /**
   * The same for a terminal that a worker before this one has had: its modes are left as its
   * processes have set them.
   */
  public static Terminal resume(EventLoop loop, Pty pty, ReadBuffer buffer, BytesListener listener)
      throws IOException {
    // Epoll knows a descriptor once, so each direction has its own.
    try {
      PipeWriter input = PipeWriter.open(loop, Fcntl.duplicate(pty.master()));
      try {
        return new Terminal(pty, PipeReader.open(loop, pty.master(), buffer, listener), input);
      } catch (IOException refused) {
        input.close();
        throw refused;
      }
    } catch (IOException refused) {
      pty.close();
      throw refused;
    }
  }

  /** What processes write to the terminal; starts paused. */
  public PipeReader output() {
    return output;
  }

  /** What is typed at the terminal. */
  public PipeWriter input() {
    return input;
  }

  /**
   * Sets the size; the processes in the foreground are told when it changes. Does nothing once the
   * terminal is closed.
   *
   * @throws IOException when the kernel refuses
   */
  public void resize(WindowSize size) throws IOException {
    if (!output.ended()) {
      pty.resize(size);
    }
  }

  /** Hangs up: the session on the terminal gets SIGHUP, as if the line had dropped. */
  @Override
  public void close() {
    input.close();
    output.close();
  }
}
