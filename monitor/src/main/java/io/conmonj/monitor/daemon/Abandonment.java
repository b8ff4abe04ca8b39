package io.conmonj.monitor.daemon;

import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a monitor that nobody can reach and nobody would miss: nothing runs in it, and its control
 * socket was removed. So does a container runtime whose pod came to nothing after the monitor's
 * start, when it clears away the runtime directory and never stops the monitor.
 *
 * <p>Whether the socket is there is looked at once in a while. As long as the socket is there and a
 * container runs, there is no timer for that: the next look comes after a child has ended. Loop
 * thread only.
 */
final class Abandonment {
  private static final Logger LOG = LoggerFactory.getLogger(Abandonment.class);

  /** How often to look, and how long a socket that was removed matters to nobody, in seconds. */
  private static final int PAUSE_SECONDS = 60;

  /** System property: another number of seconds, for tests. */
  private static final String PAUSE = "conmonj.abandonment.seconds";

  private final Service service;
  private final PrivateSocket control;
  private final Runnable end;
  private final Duration pause;
  private final Duty look;

  private Abandonment(
      EventLoop loop, Service service, PrivateSocket control, Duration pause, Runnable end) {
    this.service = service;
    this.control = control;
    this.pause = pause;
    this.end = end;
    this.look = loop.duty(this::look);
  }

  /**
   * Looks from now on.
   *
   * @param end called when the monitor is abandoned, and not before
   */
  static Abandonment lookFor(EventLoop loop, Service service, PrivateSocket control, Runnable end) {
    Duration pause = Duration.ofSeconds(Integer.getInteger(PAUSE, PAUSE_SECONDS));
    return lookFor(loop, service, control, pause, end);
  }

  /** The same, with another pause between two looks. */
  static Abandonment lookFor(
      EventLoop loop, Service service, PrivateSocket control, Duration pause, Runnable end) {
    Abandonment made = new Abandonment(loop, service, control, pause, end);
    made.lookLater();
    return made;
  }

  /** The service may be idle soon. */
  void childrenEnded() {
    lookLater();
  }

  private void lookLater() {
    look.dueAfter(pause);
  }

  private void look() {
    boolean idle = service.isIdle();
    boolean gone;
    try {
      gone = control.isGone();
    } catch (KernelException unknown) {
      LOG.debug("look at control socket", unknown);
      gone = false;
    }
    if (idle && gone) {
      end.run();
    } else if (gone || !service.runsContainers()) {
      // What else a pod can be in use for, such as a session, may end without a child.
      lookLater();
    }
  }
}
