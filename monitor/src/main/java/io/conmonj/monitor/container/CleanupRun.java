package io.conmonj.monitor.container;

/**
 * The one run of a container's cleanup command, as the worker after this one needs to know it. It
 * is written down before the command is started; whether it was started then, and whether it has
 * ended, the holder's list of processes says.
 *
 * @param tag under which the holder has its process, see {@link
 *     io.conmonj.monitor.oci.Processes#newTag}; 0 for no run
 * @param began when, in the terms of {@link System#nanoTime}; 0 for no run
 */
record CleanupRun(long tag, long began) {
  /** There is none. */
  static final CleanupRun NONE = new CleanupRun(0, 0);

  boolean isNone() {
    return tag == 0;
  }
}
