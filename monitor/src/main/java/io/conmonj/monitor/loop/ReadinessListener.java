package io.conmonj.monitor.loop;

/**
 * Told by a {@link Watch} that its descriptor is ready, on the loop thread. Readiness is level
 * triggered: it is told again and again until the descriptor is read empty or the interest is
 * dropped, so one call may do a bounded piece of the work and leave the rest to the next turn.
 */
@FunctionalInterface
public interface ReadinessListener {
  /**
   * The descriptor is ready. A hang-up or an error counts as both, since only a read or a write
   * tells which it is: read until the end of the stream, write until the error.
   *
   * @param readable a read will not block; only if {@link Interest#READ} was asked for
   * @param writable a write will not block; only if {@link Interest#WRITE} was asked for
   * @throws Exception whatever the listener did not handle: the watch ends and {@link #onFailure}
   *     is told; for an {@link Error} see {@link #outlives}
   */
  void onReady(boolean readable, boolean writable) throws Exception;

  /**
   * With {@link Interest#HANG_UP}: the other end has gone, or there is an error. It is told once;
   * what was sent before can still be read.
   *
   * @throws Exception as {@link #onReady}
   */
  default void onHangUp() throws Exception {}

  /**
   * Whether the watch goes on although {@link #onReady} threw an error, most likely for lack of
   * memory, of which somebody else may have too much. It is then called again as long as the
   * descriptor is ready. For watches that nothing can replace.
   */
  default boolean outlives(Error error) {
    return false;
  }

  /**
   * {@link #onReady} threw, or the kernel refused a change of interest; the watch has been closed.
   * It has been logged already; override it to end what depended on the watch.
   *
   * @param cause what was thrown
   */
  default void onFailure(Throwable cause) {}
}
