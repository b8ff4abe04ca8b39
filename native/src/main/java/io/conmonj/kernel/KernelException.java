package io.conmonj.kernel;

import java.io.IOException;

/**
 * A system call that failed: which one, on what, and why. Its message reads {@code open /x: EACCES
 * (Permission denied)}; it is put together when asked for, so an exception that is only told apart
 * by its {@link #errno} costs no text.
 */
public final class KernelException extends IOException {
  private final int errno;
  private final String call;
  private final String argument;

  /**
   * @param errno the error number, one of {@link Errno} or any other
   * @param call the name of the call
   * @param argument what it was called on, as a reader would name it; may be empty
   */
  public KernelException(int errno, String call, String argument) {
    this.errno = errno;
    this.call = call;
    this.argument = argument;
  }

  /** The error number, to be compared with the constants of {@link Errno}. */
  public int errno() {
    return errno;
  }

  /**
   * Whether there was too little of something that others give back: descriptors, memory, or
   * processes. The same may succeed a moment later.
   */
  public boolean isShortage() {
    return switch (errno) {
      case Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM, Errno.EAGAIN -> true;
      default -> false;
    };
  }

  @Override
  public String getMessage() {
    String subject = argument.isEmpty() ? call : call + " " + argument;
    return subject + ": " + Errno.describe(errno);
  }
}
