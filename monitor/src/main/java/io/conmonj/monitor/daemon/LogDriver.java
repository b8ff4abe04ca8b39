package io.conmonj.monitor.daemon;

/** Where the monitor's own messages go. */
public enum LogDriver {
  /** Nowhere. */
  NONE,
  /** Standard output, which then stays open. */
  STDOUT,
  /** The journal of systemd. */
  SYSTEMD
}
