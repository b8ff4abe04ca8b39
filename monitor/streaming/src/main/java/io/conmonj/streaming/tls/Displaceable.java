package io.conmonj.streaming.tls;

/** A task that may have to make room for newer ones, and is not run then. */
interface Displaceable extends Runnable {
  /** Is called instead of {@link #run}, on the thread of whoever brings the newer one. */
  void displaced();
}
