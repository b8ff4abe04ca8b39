package io.conmonj.monitor.holder;

/** Is told what the holder tells of its own accord. Everything is told on the loop thread. */
public interface HolderEvents {
  /**
   * A child that was spawned or adopted has ended. It is told to each worker until it is
   * {@linkplain HolderLink#acknowledge acknowledged}. If this throws an {@link Error}, it is told
   * again.
   */
  void exited(HeldProcess process);

  /**
   * Signals have come to the monitor's process: HUP, INT, QUIT, TERM or USR2. Several of a kind may
   * be told as one. TERM and INT are told to each worker again.
   */
  void signalled(int signal);

  /** The worker that {@link Succession#begin} has started can run: it may be handed over to. */
  void candidateReady();

  /**
   * The worker that {@link Succession#begin} has started is gone, and this one goes on.
   *
   * @param why in words for an operator, a whole clause that names the worker
   */
  void candidateFailed(String why);

  /**
   * The link has ended without a farewell: the holder is dead, or it has let this worker go.
   * Nothing can be asked any more. Told once.
   */
  void gone();
}
