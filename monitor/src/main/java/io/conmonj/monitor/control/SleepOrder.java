package io.conmonj.monitor.control;

/** Who can have the monitor sleep before its time. Loop thread only. */
public interface SleepOrder {
  /**
   * Has it sleep as soon as nobody is connected to the monitor's own sockets.
   *
   * @return null if it is going to; otherwise what keeps it awake, in words for an operator
   */
  String give();
}
