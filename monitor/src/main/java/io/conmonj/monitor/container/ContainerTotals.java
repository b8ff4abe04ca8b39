package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.schema.State;

/** What became of the containers of a monitor since it began. Loop thread only. */
public final class ContainerTotals {
  /**
   * By the convention of shells, what a process has that a signal has ended: this and its number.
   */
  private static final int SIGNAL = 128;

  private long created;
  private long notCreated;
  private long succeeded;
  private long failed;
  private long signalled;
  private long oomKilled;
  private LogStatistics logged = LogStatistics.ZERO;

  ContainerTotals() {}

  void writeTo(State.Totals.Builder to) {
    to.setCreated(created);
    to.setNotCreated(notCreated);
    to.setSucceeded(succeeded);
    to.setFailed(failed);
    to.setSignalled(signalled);
    to.setOomKilled(oomKilled);
    LogCounts.write(logged, to.initLogged());
  }

  /** Goes on from what another worker has counted. */
  void restore(State.Totals.Reader from) {
    created = from.getCreated();
    notCreated = from.getNotCreated();
    succeeded = from.getSucceeded();
    failed = from.getFailed();
    signalled = from.getSignalled();
    oomKilled = from.getOomKilled();
    logged = LogCounts.of(from.getLogged());
  }

  void created() {
    created++;
  }

  void notCreated() {
    notCreated++;
  }

  /** Counts the end of one; nothing is counted when there is no memory for it. */
  void ended(int exitCode, boolean wasOomKilled, LogStatistics itsLog) {
    logged = logged.plus(itsLog);
    if (exitCode == 0) {
      succeeded++;
    } else if (exitCode <= SIGNAL) {
      failed++;
    } else {
      signalled++;
    }
    oomKilled += wasOomKilled ? 1 : 0;
  }

  /** How many have been created. */
  public long creations() {
    return created;
  }

  /** How many could not be created, or were refused. */
  public long failedCreations() {
    return notCreated;
  }

  /** How many have ended with the exit code 0, their exit recorded. */
  public long successes() {
    return succeeded;
  }

  /** How many have ended with another exit code of up to 128. */
  public long failures() {
    return failed;
  }

  /** How many have ended with an exit code above that, which a signal or they themselves gave. */
  public long signals() {
    return signalled;
  }

  /** How many have lost a process to the kernel's OOM killer, however they ended. */
  public long oomKills() {
    return oomKilled;
  }

  /** What was logged of those that have ended. */
  public LogStatistics logged() {
    return logged;
  }
}
