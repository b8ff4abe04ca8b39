package io.conmonj.client.cli;

import java.io.IOException;
import java.io.OutputStream;

/** An output of this process, which tells by its exception that it was the one to fail. */
final class StandardOutput extends OutputStream {
  /** Whoever read the output is gone, or it is on a full disk. */
  static final class FailedException extends IOException {
    FailedException(IOException cause) {
      super("write standard output: " + cause.getMessage(), cause);
    }

    /** Whether nobody reads it any more (EPIPE), which is told by the exit code alone. */
    boolean nobodyReads() {
      // All that the JDK tells of the error number is its text, in the locale of the launcher.
      return "Broken pipe".equals(getCause().getMessage());
    }
  }

  private final OutputStream target;
  private volatile FailedException failure;

  StandardOutput(OutputStream target) {
    this.target = target;
  }

  /** How it has failed; null if it has not. */
  FailedException failure() {
    return failure;
  }

  private FailedException failed(IOException cause) {
    failure = new FailedException(cause);
    return failure;
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
      throw failed(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      target.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
