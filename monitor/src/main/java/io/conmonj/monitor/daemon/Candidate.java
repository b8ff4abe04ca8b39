package io.conmonj.monitor.daemon;

import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Reason;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.state.Inheritance;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that is to take the place of another: until it goes on, nothing may be read, written,
 * closed in order or removed, for the other one may go on instead. Whatever fails before is told,
 * and ends this process at once. The thread that becomes the loop's.
 */
final class Candidate {
  private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

  private static final int FAILED = 1;

  private Candidate() {}

  /**
   * Rehearses what is to come, says that this one can run, and waits until it is to take over.
   *
   * @param services of the service that will go on
   * @throws StartException when it cannot, or is not wanted any more; why is to be said on standard
   *     error, from where the holder has it told
   */
  static void await(HolderLink link, ServiceFactory services) throws StartException {
    services.rehearse();
    try {
      link.ready(0);
      link.succession().awaitTakeOver();
    } catch (KernelException unwanted) {
      throw new StartException("wait for the other worker", unwanted);
    }
  }

  /** A step on the way to take over. */
  @FunctionalInterface
  interface Step<T, E extends Exception> {
    T take() throws E;
  }

  /** Does one step; if it fails for a candidate, this does not return. */
  static <T, E extends Exception> T step(HolderLink link, Step<T, E> step) throws E {
    try {
      return step.take();
    } catch (Exception | Error failed) {
      if (link.welcome().candidate()) {
        LOG.error("cannot take the place of the other worker", failed);
        refuse(link, Reason.of(failed));
      }
      throw failed;
    }
  }

  /**
   * All that was left has been taken: goes on in the place of the other worker, if nothing is
   * missing.
   */
  static void goOn(HolderLink link, Inheritance left) throws StartException {
    if (!left.lost().isEmpty()) {
      refuse(link, left.lost().getFirst());
    }
    List<String> unknown = left.left();
    unknown.removeIf(KeptCallers::isOne);
    if (!unknown.isEmpty()) {
      refuse(link, "the other worker has what this one does not know: " + unknown.getFirst());
    }
    try {
      link.succession().goOn();
    } catch (KernelException unwanted) {
      throw new StartException("go on in the place of the other worker", unwanted);
    }
  }

  private static void refuse(HolderLink link, String why) {
    try {
      link.succession().refuse(why);
    } catch (KernelException ended) {
      LOG.debug("the holder has ended this worker", ended);
    }
    Runtime.getRuntime().halt(FAILED);
  }
}
