package io.conmonj.it.chaos;

import io.conmonj.client.Monitor;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.echo.ExecEcho;
import io.conmonj.it.echo.HonestClient;
import io.conmonj.it.echo.Latencies;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Is served all the time: an exec that echoes, begun before the chaos, and an RPC every tenth of a
 * second on a connection of its own.
 */
final class Witness implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  private final HonestClient exec;
  private final Monitor monitor;
  private final Thread caller;
  private volatile boolean stopped;
  private volatile Throwable failure;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile long slowestNanos;

  private Witness(HonestClient exec, Monitor monitor) {
    this.exec = exec;
    this.monitor = monitor;
    this.caller = Thread.ofPlatform().daemon().name("witness").unstarted(this::call);
  }

  static Witness start(ChaosPod pod) throws IOException {
    Witness witness =
        new Witness(
            HonestClient.start(ExecEcho.start(pod.echo())),
            Monitor.join(pod.pod().loop(), pod.pod().monitor().runtimeDir()));
    witness.caller.start();
    return witness;
  }

  private void call() {
    try {
      while (!stopped) {
        long start = System.nanoTime();
        Replies.await(monitor.version(false));
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
        calls.incrementAndGet();
        Pause.ofMillis(PAUSE_MILLIS);
      }
    } catch (Throwable failed) {
      failure = failed;
    }
  }

  /**
   * What it saw, for the reader.
   *
   * @throws AssertionError when it was not served
   */
  String report() throws IOException {
    if (failure != null) {
      throw new AssertionError("RPC " + calls + " was not answered", failure);
    }
    int trips = exec.roundTrips();
    if (trips == 0 || calls.get() == 0) {
      throw new AssertionError("nothing was served: " + trips + " trips, " + calls + " calls");
    }
    Latencies took = exec.latenciesFrom(0);
    return String.format(
        "%d round trips (p50 %.1f ms, p99 %.1f ms), %d RPCs (slowest %d ms)",
        trips,
        took.percentileMicros(50) / 1e3,
        took.percentileMicros(99) / 1e3,
        calls.get(),
        TimeUnit.NANOSECONDS.toMillis(slowestNanos));
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    try {
      caller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    monitor.close();
    exec.close();
  }
}
