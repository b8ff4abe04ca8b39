package io.conmonj.monitor.journal;

/** The kinds of {@link LogDestination} that {@code --log-driver} can ask for. */
public enum DestinationKind {
  /** Messages are dropped. */
  NONE,
  /** Standard output, which then stays open. */
  STDOUT,
  /** The journal of systemd. */
  SYSTEMD
}
