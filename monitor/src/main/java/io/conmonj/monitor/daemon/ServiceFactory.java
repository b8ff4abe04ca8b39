package io.conmonj.monitor.daemon;

import io.conmonj.monitor.loop.EventLoop;

/** Makes the service when the process is set up, before anybody can connect. */
@FunctionalInterface
public interface ServiceFactory {
  /**
   * Called on the loop thread.
   *
   * @param directory where the service keeps its files
   * @throws Exception what keeps the monitor from starting; its message is shown
   */
  Service create(Options options, RuntimeDirectory directory, EventLoop loop) throws Exception;
}
