package io.conmonj.client;

import io.conmonj.client.transport.ClientLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The start of a monitor that others may be about to start too: one of them wins. */
final class MonitorRace {
  /** What a monitor says that finds the directory taken by another. */
  private static final String TAKEN = "a monitor that is running";

  /** What it says when another has made the directory between two of its looks. */
  private static final String MADE = "exists already";

  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

  private final ClientLoop loop;
  private final MonitorOptions options;

  MonitorRace(ClientLoop loop, MonitorOptions options) {
    this.loop = loop;
    this.options = options;
  }

  /** Starts it; where another has won, waits until that one can be joined. */
  Monitor startOrJoin() throws IOException {
    long begin = System.nanoTime();
    while (true) {
      try {
        return Monitor.start(loop, options);
      } catch (MonitorStartException lost) {
        Optional<Monitor> winner = join(lost, begin);
        if (winner.isPresent()) {
          return winner.get();
        }
      }
    }
  }

  /**
   * Joins the monitor that has won.
   *
   * @return empty if there may be none, since it was only the directory that somebody else has made
   */
  private Optional<Monitor> join(MonitorStartException lost, long begin) throws IOException {
    while (true) {
      try {
        return Optional.of(Monitor.join(loop, options.runtimeDir()));
      } catch (MonitorGoneException notYet) {
        boolean isTaken = lost.getMessage().contains(TAKEN);
        boolean isMade = lost.getMessage().contains(MADE);
        if (!(isTaken || isMade) || System.nanoTime() - begin > options.startTimeout().toNanos()) {
          throw lost;
        }
        if (isMade) {
          return Optional.empty();
        }
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
