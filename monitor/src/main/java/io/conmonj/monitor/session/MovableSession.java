package io.conmonj.monitor.session;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.frozen.StateWriter;
import java.util.concurrent.CompletableFuture;

/** The work of one session, as far as another worker can go on with it. Loop thread only. */
interface MovableSession {
  /**
   * Writes it down; changes nothing.
   *
   * @throws CannotMoveException when it cannot be gone on with elsewhere, or not now
   */
  void freeze(StateWriter out) throws CannotMoveException;

  /** Goes on with one that another worker has written down; as it would be run, then. */
  CompletableFuture<Outcome> goOn();
}
