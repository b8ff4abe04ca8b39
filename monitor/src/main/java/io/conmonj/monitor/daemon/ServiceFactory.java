package io.conmonj.monitor.daemon;

import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.sleep.SleepHistory;
import io.conmonj.monitor.state.Inheritance;

/** Makes the service when the process is set up, before anybody can connect. */
public interface ServiceFactory {
  /**
   * Called on the loop thread.
   *
   * @param link to the holder, before this worker is ready: what there is can be taken
   * @param left by the worker before; what is not taken is given up afterwards
   * @param history of this monitor's sleeps, for the next worker
   * @param directory where the service keeps its files
   * @throws Exception what keeps the monitor from starting; its message is shown
   */
  Service create(
      HolderLink link,
      Inheritance left,
      SleepHistory history,
      RuntimeDirectory directory,
      EventLoop loop)
      throws Exception;

  /**
   * Does for nobody what the service will have to do at once when it takes the place of that of
   * another worker, so that it does that faster, and knows that it can. Called before {@link
   * #create}, on the thread that becomes the loop's; leaves nothing behind.
   *
   * @throws StartException when it cannot
   */
  void rehearse() throws StartException;
}
