package io.conmonj.monitor.state;

import io.conmonj.kernel.Fd;
import java.io.IOException;

/** Who keeps the latest state: the holder. Loop thread only. */
@FunctionalInterface
public interface StateSink {
  /**
   * Puts it in the place of the one before.
   *
   * @param sealed a sealed memory file; stays the caller's
   * @throws IOException when it is not kept, with the reason; the one before is kept then
   */
  void putState(Fd sealed) throws IOException;
}
