package io.conmonj.monitor.pod;

import io.conmonj.monitor.control.ControlServices;
import io.conmonj.monitor.daemon.RuntimeDirectory;
import io.conmonj.monitor.daemon.Service;
import io.conmonj.monitor.daemon.ServiceFactory;
import io.conmonj.monitor.daemon.StartException;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.rehearsal.Rehearsal;
import io.conmonj.monitor.sleep.SleepHistory;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.version.BuildFacts;
import java.io.IOException;
import java.util.Optional;

/** Makes the service of a monitor with these options. Loop thread only. */
record PodFactory(PodOptions options) implements ServiceFactory {
  @Override
  public Service create(
      HolderLink link,
      Inheritance left,
      SleepHistory history,
      RuntimeDirectory directory,
      EventLoop loop)
      throws IOException {
    return new PodAssembly(options, link, left, history, directory, loop).assemble();
  }

  @Override
  public void rehearse() throws StartException {
    Optional<String> failure =
        Rehearsal.perform(
            System.getProperty(PodUpgrade.SESSIONS, ""),
            ControlServices.versionAlone(BuildFacts.load()));
    if (failure.isPresent()) {
      throw new StartException("cannot serve clients: " + failure.get());
    }
  }
}
