package io.conmonj.client;

import io.conmonj.client.transport.ClientLoop;
import java.io.IOException;
import java.time.Duration;
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
    try {
      return Monitor.start(loop, options);
    } catch (MonitorStartException lost) {
      return join(lost);
    }
  }

  private Monitor join(MonitorStartException lost) throws IOException {
    long begin = System.nanoTime();
    while (true) {
      try {
        return Monitor.join(loop, options.runtimeDir());
      } catch (MonitorGoneException notYet) {
        if (lost.getMessage().contains(MADE)) {
          return Monitor.start(loop, options);
        }
        if (!lost.getMessage().contains(TAKEN)
            || System.nanoTime() - begin > options.startTimeout().toNanos()) {
          throw lost;
        }
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
