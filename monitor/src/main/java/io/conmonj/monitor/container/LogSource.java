package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogSpec;

/** Makes what opens a log. */
@FunctionalInterface
public interface LogSource {
  /**
   * What opens a log.
   *
   * @param id of the container
   * @param bundle the directory of its bundle
   */
  LogOpener opener(String id, String bundle, LogSpec spec);
}
