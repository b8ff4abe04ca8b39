package io.conmonj.kernel;

/** How a process ended. */
public sealed interface ExitStatus {
  /** What is added to a signal's number to make an exit code of it, as shells do. */
  int SIGNAL_BASE = 128;

  /** The process ended by itself, with an exit code from 0 to 255. */
  record Exited(int code) implements ExitStatus {
    @Override
    public int toCode() {
      return code;
    }
  }

  /** The process was ended by a signal, which may have left a core dump. */
  record Killed(int signal, boolean coreDumped) implements ExitStatus {
    @Override
    public int toCode() {
      return SIGNAL_BASE + signal;
    }
  }

  /** One number for both: the exit code, or 128 + the signal's number. */
  int toCode();
}
