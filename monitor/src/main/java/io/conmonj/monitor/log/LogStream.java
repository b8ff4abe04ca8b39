package io.conmonj.monitor.log;

/** Which of a container's two output streams a chunk came from. A terminal has only the first. */
public enum LogStream {
  /** Standard output, and everything a container with a terminal writes. */
  STDOUT,
  /** Standard error. */
  STDERR
}
