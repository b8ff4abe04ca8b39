package io.conmonj.monitor.state;

import io.conmonj.monitor.holder.HolderFixture;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.util.Optional;

/**
 * For tests: a real holder, with which a part of the monitor leaves what it has, and from which
 * another takes it over when the first has been killed.
 */
public final class Handover implements AutoCloseable {
  private final HolderFixture holder;

  private Handover(HolderFixture holder) {
    this.holder = holder;
  }

  /** Starts the holder. */
  public static Handover start() throws Exception {
    return new Handover(HolderFixture.startReady());
  }

  /** Where a part of the worker of now leaves what it has; on its loop's thread. */
  public Keeping keeping(EventLoop loop) {
    HolderLink link = holder.link();
    return new Keeping(link, new StateKeeper(loop, link::putState, Optional.empty()));
  }

  /** Kills the worker, and is the next one, with what that has left. */
  public Inheritance kill() throws Exception {
    holder.killWorker();
    holder.nextWorker().ready(0);
    return Inheritance.of(holder.link());
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
