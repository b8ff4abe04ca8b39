package io.conmonj.streaming.server;

import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.live.LiveSession;
import io.conmonj.streaming.memory.MemoryAccount;

/**
 * A session that is listed, bounded and ended like those of a {@link StreamingServer}, but whose
 * client came another way than through a URL: somebody else carries its bytes, and says so here.
 * All methods are called on the event loop thread.
 */
public final class OutsideSession {
  /** Of {@link #freeze}. One that is left behind stays readable. */
  static final int VERSION = 1;

  private final LiveSession live;
  private final MemoryAccount memory;

  OutsideSession(LiveSession live, MemoryAccount memory) {
    this.live = live;
    this.memory = memory;
  }

  /** Writes it down, for {@link StreamingServer#attachedBefore} of another server. */
  public byte[] freeze() {
    StateWriter out = new StateWriter();
    live.freeze(out.number(VERSION));
    return out.written();
  }

  /** Where what is on its way through the session counts. */
  public MemoryAccount memory() {
    return memory;
  }

  /**
   * Bytes came from the client.
   *
   * @param bytes how many, without framing
   */
  public void received(int bytes) {
    live.received(bytes);
  }

  /**
   * Bytes went to the client.
   *
   * @param bytes how many, without framing
   */
  public void sent(int bytes) {
    live.sent(bytes);
  }

  /**
   * Says whether the session gets on. One that has not for a while gives way when there are too
   * many.
   *
   * @param now true when it has stopped to, false when it does again
   */
  public void stalled(boolean now) {
    live.stalled(now);
  }

  /**
   * The session is over, and not listed any more. Again, it does nothing.
   *
   * @param end as it is counted
   * @param reason for the log; nothing of what a person typed or was shown
   */
  public void ended(SessionEnd end, String reason) {
    live.because(end, reason);
    live.ended();
  }
}
