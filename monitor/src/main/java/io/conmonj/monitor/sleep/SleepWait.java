package io.conmonj.monitor.sleep;

import java.time.Duration;

/** How long a worker waits, with nothing to do, before it sleeps. Loop thread only. */
public interface SleepWait {
  /** As of now; zero for ever, and that does not change. */
  Duration now();

  /** Whether it need not wait so long if nobody asks it for anything. */
  boolean isBrief();
}
