package io.conmonj.monitor.stdio;

/** Which output of a process bytes came from. A terminal has only the first. */
public enum StdStream {
  /** Standard output, and everything that is written to a terminal. */
  STDOUT,
  /** Standard error. */
  STDERR
}
