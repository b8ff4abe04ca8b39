package io.conmonj.it.embedding;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.WindowSize;
import io.conmonj.streaming.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A pseudo-terminal as two blocking streams. */
final class LocalTerminal {
  private final Pty pty;
  private boolean closed;

  private LocalTerminal(Pty pty) {
    this.pty = pty;
  }

  static LocalTerminal open() throws IOException {
    return new LocalTerminal(Pty.open());
  }

  /** Starts a command that has this as its controlling terminal, as login(1) does. */
  Process start(List<String> command) throws IOException {
    List<String> inSession = new ArrayList<>(List.of("setsid", "--ctty", "--wait"));
    inSession.addAll(command);
    File slave = new File("/dev/pts/" + pty.number());
    return new ProcessBuilder(inSession)
        .redirectInput(slave)
        .redirectOutput(slave)
        .redirectError(slave)
        .start();
  }

  /** Sets its size, unless it is closed by now. */
  synchronized void resize(TerminalSize size) {
    try {
      if (!closed) {
        pty.resize(new WindowSize(size.columns(), size.rows()));
      }
    } catch (KernelException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void close() {
    closed = true;
    pty.close();
  }

  /** What is typed. */
  OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
          at += Io.write(pty.master(), Arrays.copyOfRange(from, at, end));
        }
      }
    };
  }

  /** What is shown; the terminal is closed at its end. */
  InputStream output() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        byte[] bytes = new byte[length];
        int count;
        try {
          count = Io.read(pty.master(), bytes);
        } catch (KernelException e) {
          if (e.errno() != Errno.EIO) {
            throw e;
          }
          // Nobody has the terminal open any more.
          close();
          return Io.END;
        }
        System.arraycopy(bytes, 0, to, offset, Math.max(0, count));
        return count;
      }

      @Override
      public void close() {
        LocalTerminal.this.close();
      }
    };
  }
}
