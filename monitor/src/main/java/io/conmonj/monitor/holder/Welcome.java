package io.conmonj.monitor.holder;

/**
 * What the holder says to a worker at first. Times are in nanoseconds; points of time are those of
 * CLOCK_MONOTONIC, which {@link System#nanoTime} has as well.
 *
 * @param pid the holder's, which is the monitor's to the outside
 * @param detached whether a launcher waits, or has waited, so that the monitor lives on in the
 *     background
 * @param first whether no worker was ready before this one
 * @param candidate whether another worker is active, whose place this one is to take
 * @param stopping whether TERM or INT has come
 * @param isProtected whether the holder is never killed when memory runs out, and its worker late
 * @param failing whether so many workers have died that one is started a minute
 * @param reason why this worker was started
 * @param childrensOomScore the oom_score_adj of the launcher, and of all children
 * @param records the version of what another holder in its place would be handed over
 * @param starts workers started, with this one
 * @param crashes how often one ended without a farewell
 * @param sleeps how often one went to sleep
 * @param lastStatus how the last worker ended, as wait(2) has it; 0 for the first
 * @param asleepSince since when there was no worker because all was quiet; 0 after a crash
 * @param decided when it was decided to start this one
 * @param asleep for how long there was none, in all
 * @param workerTime processor time of all workers that have ended
 * @param stoppingSince when TERM or INT came; 0 if none has
 * @param descriptor the name of the descriptor that was ready; empty if none was the reason
 */
public record Welcome(
    int pid,
    boolean detached,
    boolean first,
    boolean candidate,
    boolean stopping,
    boolean isProtected,
    boolean failing,
    WakeReason reason,
    int childrensOomScore,
    int records,
    int starts,
    int crashes,
    int sleeps,
    int lastStatus,
    long asleepSince,
    long decided,
    long asleep,
    long workerTime,
    long stoppingSince,
    String descriptor) {
  private static final int DETACHED = 1;
  private static final int FIRST = 2;
  private static final int CANDIDATE = 4;
  private static final int STOPPING = 8;
  private static final int PROTECTED = 16;
  private static final int FAILING = 32;

  /** Whether the worker was started because something ended a sleep. */
  public boolean isWoken() {
    return asleepSince != 0 && !candidate;
  }

  static Welcome read(Body body) {
    int flags = body.getInt(8);
    return new Welcome(
        body.getInt(4),
        (flags & DETACHED) != 0,
        (flags & FIRST) != 0,
        (flags & CANDIDATE) != 0,
        (flags & STOPPING) != 0,
        (flags & PROTECTED) != 0,
        (flags & FAILING) != 0,
        WakeReason.of(body.getInt(12)),
        body.getInt(16),
        body.getInt(20),
        body.getInt(24),
        body.getInt(28),
        body.getInt(32),
        body.getInt(36),
        body.getLong(40),
        body.getLong(48),
        body.getLong(56),
        body.getLong(64),
        body.getLong(72),
        body.getText(92, body.getInt(88)));
  }
}
