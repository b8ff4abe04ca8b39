package io.conmonj.monitor.daemon;

import io.conmonj.monitor.journal.Journal;
import io.conmonj.monitor.journal.PreparedMessage;
import io.conmonj.monitor.loop.Emergency;
import io.conmonj.monitor.loop.EventLoop;
import org.slf4j.event.Level;

/**
 * What the monitor does when there is no memory, or the Java VM is broken. All that it takes has
 * been made when the monitor started. Loop thread only.
 */
final class LastResort implements Emergency {
  private static final int FAILED = 1;

  /** Enough for an end in order of a few containers; what that leaves behind is collected. */
  private static final int RESERVE_BYTES = 128 * 1024;

  private final EventLoop loop;
  private final Service service;
  private final PreparedMessage relieving;
  private final PreparedMessage full;
  private final PreparedMessage broken;
  private byte[] reserve = new byte[RESERVE_BYTES];

  private LastResort(EventLoop loop, Service service, Journal journal) {
    this.loop = loop;
    this.service = service;
    this.relieving = line(journal, Level.WARN, "no memory: ending all streaming sessions");
    this.full = line(journal, Level.ERROR, "ending at once: no memory to go on with");
    this.broken = line(journal, Level.ERROR, "ending at once: the Java VM cannot go on");
  }

  private static PreparedMessage line(Journal journal, Level level, String message) {
    return journal.prepare(level, LastResort.class, message);
  }

  /** Stands by for a loop, and looks at each error that is logged. */
  static LastResort standBy(EventLoop loop, Service service) {
    Journal journal = Journal.ofProgram();
    LastResort made = new LastResort(loop, service, journal);
    loop.emergency(made);
    journal.onError(loop::noticed);
    return made;
  }

  /** Gives up the reserve: the monitor is about to end, and needs it now if ever. */
  void releaseReserve() {
    reserve = null;
  }

  @Override
  public void relieve() {
    releaseReserve();
    relieving.write();
    try {
      service.relieve();
    } catch (Throwable failed) {
      loop.contain("sessions not ended for want of memory", failed);
    }
  }

  @Override
  public void recovered() {
    if (reserve == null) {
      reserve = new byte[RESERVE_BYTES];
    }
  }

  // Containers are left to the container runtime, as at any sudden death of a monitor.
  @Override
  public void giveUp(Error last) {
    (last instanceof OutOfMemoryError ? full : broken).write();
    Runtime.getRuntime().halt(FAILED);
  }
}
