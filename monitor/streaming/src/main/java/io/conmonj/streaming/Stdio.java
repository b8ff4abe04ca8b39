package io.conmonj.streaming;

/**
 * Which standard streams a session carries, as asked for when its URL was made. What the client
 * says in its HTTP request has no influence on them.
 *
 * @param stdin whether the client may send input
 * @param stdout whether the client gets output
 * @param stderr whether the client gets error output; a terminal has none, so that with {@code tty}
 *     this stream carries nothing
 * @param tty whether the process has a terminal
 */
public record Stdio(boolean stdin, boolean stdout, boolean stderr, boolean tty) {

  /**
   * @throws IllegalArgumentException if no stream is asked for
   */
  public Stdio {
    if (!stdin && !stdout && !stderr) {
      throw new IllegalArgumentException("one of stdin, stdout or stderr must be asked for");
    }
  }

  /** Whether error output is sent apart from output: asked for, and not merged by a terminal. */
  public boolean separateStderr() {
    return stderr && !tty;
  }
}
