package io.conmonj.monitor.daemon;

/** The sockets by which others come in to the monitor itself. Loop thread only. */
public interface Doors {
  /** Lets nobody in until {@link #open}: who connects waits. */
  void shut();

  /** Lets in those who have waited, and all others. */
  void open();

  /** Whether nobody can come in any more: the control socket was removed. */
  boolean areGone();
}
