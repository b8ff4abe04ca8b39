package io.conmonj.client.cli;

import java.io.IOException;
import java.io.OutputStream;

/** An output of this process, which tells by its exception that it was the one to fail. */
final class StandardOutput extends OutputStream {
  /** Whoever read the output is gone, or it is on a full disk. */
  static final class ClosedException extends IOException {
    ClosedException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private final OutputStream target;

  StandardOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      throw new ClosedException(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      target.flush();
    } catch (IOException e) {
      throw new ClosedException(e);
    }
  }
}
