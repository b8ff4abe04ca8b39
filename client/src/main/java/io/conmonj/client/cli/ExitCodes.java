package io.conmonj.client.cli;

/**
 * The exit codes of the tool. {@code exec} and {@code exec-sync} end with the remote command's
 * code; what goes wrong on this side then has a code that commands seldom use (as docker and podman
 * have it).
 */
final class ExitCodes {
  static final int OK = 0;

  /** Something was asked for and could not be done. */
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** exec-sync: the command succeeded, and said more than there is room for in the answer. */
  static final int OUTPUT_CUT = 123;

  /** exec-sync: the command was killed after its timeout, as timeout(1) has it. */
  static final int TIMED_OUT = 124;

  /** exec, exec-sync: the command was not run, or how it ended is not known. */
  static final int NOT_RUN = 125;

  /** Whoever read the output is gone: 128 + SIGPIPE, as a shell shows it. */
  static final int OUTPUT_CLOSED = 141;

  private ExitCodes() {}
}
