package io.conmonj.client.cli;

import io.conmonj.client.MonitorException;
import java.io.IOException;

/**
 * The id of a container that the runtime has not forgotten: that stays there when it has ended, its
 * monitor too, until somebody has the runtime delete it.
 */
final class TakenId {
  private TakenId() {}

  /**
   * Adds to a refusal what can be done about it, if it is that.
   *
   * @param refused by the monitor, with the runtime's words
   * @param runtime the monitor's
   */
  static IOException explain(MonitorException refused, String id, RuntimeCommand runtime) {
    String why = refused.getMessage();
    // The words of runc, then those of crun.
    if (!why.contains("container with given ID already exists")
        && !why.contains("container `" + id + "` already exists")) {
      return refused;
    }
    return new CommandFailedException(
        why.strip() + "; if that one has ended, this removes it: " + runtime.deleteLine(id));
  }
}
