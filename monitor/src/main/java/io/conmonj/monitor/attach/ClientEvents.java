package io.conmonj.monitor.attach;

import io.conmonj.streaming.SessionEnd;

/** What the two directions of a client report. Loop thread only. */
interface ClientEvents {
  /** What is waited for has changed. */
  void interestChanged();

  /** The client has gone; what it has sent may still be read. */
  void clientLeft();

  /** The client sends no more, and all that it has sent was passed on. */
  void inputEnded();

  /**
   * The client's session is over.
   *
   * @param end as it is counted
   * @param reason for the log
   */
  void end(SessionEnd end, String reason);
}
