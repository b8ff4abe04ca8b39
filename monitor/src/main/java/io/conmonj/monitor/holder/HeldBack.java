package io.conmonj.monitor.holder;

import io.conmonj.kernel.KernelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of a candidate that change something with the holder: they wait until it is the active
 * worker, for until then another one may go on instead. Threads as for {@link HolderLink}.
 */
final class HeldBack {
  private static final Logger LOG = LoggerFactory.getLogger(HeldBack.class);

  private final List<Request> requests = new ArrayList<>();
  private boolean holds;

  /** A request, with all that it needs. */
  interface Request {
    void send() throws KernelException;
  }

  /** Requests wait from now on. */
  void begin() {
    holds = true;
  }

  boolean holds() {
    return holds;
  }

  /** Takes one that is to wait. */
  void add(Request request) {
    requests.add(request);
  }

  /**
   * Sends what has waited, in its order and all together. What is refused is logged: nobody waits
   * for it.
   */
  void release(Exchange exchange) {
    holds = false;
    try {
      for (ToldRequests.Refused each : exchange.together(this::send)) {
        refused(each.why());
      }
    } catch (IOException gone) {
      refused(gone);
    }
    requests.clear();
  }

  private void send() {
    for (Request each : requests) {
      try {
        each.send();
      } catch (KernelException refused) {
        refused(refused);
      }
    }
  }

  private static void refused(IOException why) {
    LOG.warn("the holder refuses what was asked in the place of another worker", why);
  }
}
