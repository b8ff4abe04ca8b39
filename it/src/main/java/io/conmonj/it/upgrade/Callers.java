package io.conmonj.it.upgrade;

import io.conmonj.client.Monitor;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.it.pod.BusyboxPod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who connects to a monitor's control socket. On a machine with too much to do an upgrade may take
 * longer than the ten seconds that a caller waits. Nothing is lost then, but the caller has no
 * answer: it calls again, and that is counted and told beside the pauses.
 */
final class Callers implements AutoCloseable {
  @FunctionalInterface
  private interface Call<T> {
    T call() throws IOException;
  }

  /** Each after ten seconds without an answer. */
  private static final int MOST_TRIES = 6;

  private final Path directory;
  private final ClientLoop loop = new ClientLoop();
  private final AtomicInteger late = new AtomicInteger();

  /**
   * @param directory the monitor's
   */
  Callers(Path directory) {
    this.directory = directory;
  }

  /** Connects. Any thread. */
  Monitor join() throws IOException {
    return again(() -> Monitor.join(loop, directory));
  }

  /** Has a pod connect again. */
  void reconnect(BusyboxPod pod) throws IOException {
    again(
        () -> {
          pod.reconnect();
          return pod;
        });
  }

  private <T> T again(Call<T> call) throws IOException {
    for (int tries = 1; true; tries++) {
      try {
        return call.call();
      } catch (IOException failed) {
        if (!(failed.getCause() instanceof TimeoutException) || tries == MOST_TRIES) {
          throw failed;
        }
        late.incrementAndGet();
      }
    }
  }

  /** How often one waited in vain and called again. */
  int late() {
    return late.get();
  }

  @Override
  public void close() {
    loop.close();
  }
}
