package io.conmonj.monitor.control;

/** Who can have the monitor sleep before its time. Loop thread only. */
public interface SleepOrder {
  /**
   * Has it sleep once whoever gives the order has gone.
   *
   * @return null if it is going to; otherwise what keeps it awake, in words for an operator
   */
  String give();
}
