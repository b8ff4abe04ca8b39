package io.conmonj.client.model;

import java.nio.charset.StandardCharsets;

/** How a command that was run to its end ended, and what it wrote. Immutable. */
public final class ExecSyncResult {
  private final int exitCode;
  private final boolean timedOut;
  private final byte[] stdout;
  private final boolean stdoutCut;
  private final byte[] stderr;
  private final boolean stderrCut;

  /**
   * Makes a result.
   *
   * @param exitCode see {@link #exitCode}
   * @param timedOut see {@link #timedOut}
   * @param stdout its output; kept, not copied
   * @param stdoutCut see {@link #stdoutCut}
   * @param stderr its error output; kept, not copied
   * @param stderrCut see {@link #stderrCut}
   */
  public ExecSyncResult(
      int exitCode,
      boolean timedOut,
      byte[] stdout,
      boolean stdoutCut,
      byte[] stderr,
      boolean stderrCut) {
    this.exitCode = exitCode;
    this.timedOut = timedOut;
    this.stdout = stdout;
    this.stdoutCut = stdoutCut;
    this.stderr = stderr;
    this.stderrCut = stderrCut;
  }

  /**
   * Returns the exit code.
   *
   * @return 0 to 255; negative when the command was not run to its end (-2 where the runtime could
   *     not start it, -3 after a timeout)
   */
  public int exitCode() {
    return exitCode;
  }

  /**
   * Tells whether the command was killed for its timeout.
   *
   * @return whether it was
   */
  public boolean timedOut() {
    return timedOut;
  }

  /**
   * Tells whether the command wrote more to its output than there is here: an answer holds some 16
   * MiB.
   *
   * @return whether it did
   */
  public boolean stdoutCut() {
    return stdoutCut;
  }

  /**
   * Tells whether the command wrote more to its error output than there is here.
   *
   * @return whether it did
   */
  public boolean stderrCut() {
    return stderrCut;
  }

  /**
   * Returns what it wrote.
   *
   * @return its output, never null; a fresh copy
   */
  public byte[] stdoutBytes() {
    return stdout.clone();
  }

  /**
   * Returns what it wrote as errors.
   *
   * @return its error output, never null; a fresh copy
   */
  public byte[] stderrBytes() {
    return stderr.clone();
  }

  /**
   * Returns what it wrote as text.
   *
   * @return its output read as UTF-8, never null
   */
  public String stdout() {
    return new String(stdout, StandardCharsets.UTF_8);
  }

  /**
   * Returns what it wrote as errors, as text.
   *
   * @return its error output read as UTF-8, never null
   */
  public String stderr() {
    return new String(stderr, StandardCharsets.UTF_8);
  }
}
