package io.conmonj.monitor.holder;

import io.conmonj.kernel.Packet;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;

/**
 * Events that have been read and not been told, and telling them: a {@link Duty}, so that none is
 * lost for want of memory. Loop thread only.
 */
final class Untold implements Exchange.Events {
  private final ProcessRecords exits = new ProcessRecords();
  private final CandidateNews candidate;
  private int signals;
  private boolean gone;
  private boolean goneTold;
  private EventLoop loop;
  private HolderEvents listener;
  private Duty telling;

  /**
   * @param candidate takes note of what concerns another worker
   */
  Untold(CandidateNews candidate) {
    this.candidate = candidate;
  }

  /** Tells them from now on, those that have come before too. */
  void watch(EventLoop watching, HolderEvents events) {
    loop = watching;
    listener = events;
    telling = watching.duty(this::tell);
    telling.due();
  }

  /** Makes room for the ends of so many children. */
  void makeRoom(int children) {
    exits.makeRoom(children);
  }

  @Override
  public void read(int kind, Packet packet) {
    if (kind == Protocol.EXITED) {
      exits.add(packet);
    } else if (kind == Protocol.SIGNALLED) {
      signals |= 1 << packet.getInt(Protocol.HEADER_BYTES);
    } else {
      candidate.read(kind, packet);
    }
    due();
  }

  @Override
  public void gone() {
    gone = true;
    due();
  }

  private void due() {
    if (telling != null) {
      telling.due();
    }
  }

  // What throws an error is told again, whatever else is told first; what throws anything else not.
  private void tell() {
    while (signals != 0) {
      int signal = Integer.numberOfTrailingZeros(signals);
      try {
        listener.signalled(signal);
      } catch (Exception failed) {
        loop.contain("signal was not dealt with", failed);
      }
      signals &= ~(1 << signal);
    }
    while (!exits.isEmpty()) {
      try {
        listener.exited(exits.first());
      } catch (Exception failed) {
        loop.contain("end of a process was not dealt with", failed);
      }
      exits.remove();
    }
    candidate.tell(loop, listener);
    if (gone && !goneTold) {
      listener.gone();
      goneTold = true;
    }
  }
}
