package io.conmonj.monitor.daemon;

import io.conmonj.monitor.loop.EventLoop;
import java.util.OptionalInt;

/** Makes the service when the process is set up, before anybody can connect. */
@FunctionalInterface
public interface ServiceFactory {
  /**
   * Called on the loop thread.
   *
   * @param childrensOomScore the oom_score_adj that the monitor's children are to have; empty if
   *     they can have the monitor's own
   * @param directory where the service keeps its files
   * @throws Exception what keeps the monitor from starting; its message is shown
   */
  Service create(OptionalInt childrensOomScore, RuntimeDirectory directory, EventLoop loop)
      throws Exception;
}
