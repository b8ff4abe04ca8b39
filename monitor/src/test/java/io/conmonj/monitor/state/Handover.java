package io.conmonj.monitor.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.HolderFixture;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.schema.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * For tests: a real holder, with which a part of the monitor leaves what it has, and from which
 * another takes it over when the first has been killed.
 */
public final class Handover implements AutoCloseable {
  private final HolderFixture holder;
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile Predicate<State.Monitor.Reader> refused = written -> false;

  private Handover(HolderFixture holder) {
    this.holder = holder;
  }

  /** Starts the holder. */
  public static Handover start() throws Exception {
    return new Handover(HolderFixture.startReady());
  }

  /** Where a part of the worker of now leaves what it has; on its loop's thread. */
  public Keeping keeping(EventLoop loop) {
    return new Keeping(holder.link(), new StateKeeper(loop, this::put, Optional.empty()));
  }

  /** The same, for one who does not wait longer than that until its state is kept. */
  public Keeping keeping(EventLoop loop, Duration limit) {
    return new Keeping(holder.link(), new StateKeeper(loop, this::put, Optional.empty(), limit));
  }

  private void put(Fd sealed) throws IOException {
    if (refused.test(StateRecord.read(sealed))) {
      refusals.incrementAndGet();
      throw new IOException("refused by the test");
    }
    holder.link().putState(sealed);
  }

  /** From here on such states are not kept; the one before is. */
  public void refuse(Predicate<State.Monitor.Reader> states) {
    refused = states;
  }

  /** Waits until one has been refused again and again. */
  public void awaitRefusals() throws InterruptedException {
    int enough = refusals.get() + 2;
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (refusals.get() < enough) {
      assertThat(System.nanoTime()).as("states are refused").isLessThan(deadline);
      Thread.sleep(5);
    }
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
