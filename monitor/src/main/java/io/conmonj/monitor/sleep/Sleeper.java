package io.conmonj.monitor.sleep;

import java.util.concurrent.CompletableFuture;

/** Whose work it is that may be over for now. Loop thread only. */
public interface Sleeper {
  /**
   * What keeps it awake, in words for an operator, such as {@code a session is connected}; null
   * when nothing does.
   */
  String awakeBecause();

  /**
   * Tells what has it sleep without further wait, as soon as nothing keeps it awake; once, before
   * anything else.
   */
  void standBy(Runnable now);

  /** Whether this worker has been asked for anything, so that it may be asked again soon. */
  boolean served();

  /** Completes when all that it has taken is where it belongs, such as output in its log. */
  CompletableFuture<Void> settle();

  /**
   * Hands over, and takes nothing from then on.
   *
   * @return false when something has happened meanwhile, so that nothing was handed over
   */
  boolean handOver();
}
