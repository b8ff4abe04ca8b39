package io.conmonj.monitor.daemon;

/** What must be as the command line says, or the monitor does not start. */
@FunctionalInterface
public interface StartCheck {
  /**
   * Looks; touches nothing.
   *
   * @throws StartException naming what is not so
   */
  void check() throws StartException;
}
