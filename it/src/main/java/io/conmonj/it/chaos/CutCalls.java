package io.conmonj.it.chaos;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Calls that are under way when a worker is killed: whoever waits is answered what is true, or sees
 * the end of the connection, and is never left waiting.
 */
final class CutCalls {
  private static final int AT_ONCE = 2;
  private static final int MOST_CODE = 255;
  private static final int EARLIEST_MILLIS = -400;
  private static final int LATEST_MILLIS = 50;
  private static final int LONGEST_MICROS = 200_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** See {@link ExecSyncResult#exitCode}. */
  private static final int NOT_STARTED = -2;

  private final BusyboxPod pod;
  private final String container;
  private final Random random;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  /**
   * @param container in which commands are run
   */
  CutCalls(BusyboxPod pod, String container, long seed) {
    this.pod = pod;
    this.container = container;
    this.random = new Random(seed);
  }

  /** A few more, around a kill. */
  void begin(KillTime kill) {
    for (int i = 0; i < AT_ONCE; i++) {
      int code = random.nextInt(MOST_CODE + 1);
      long delay = random.nextInt(EARLIEST_MILLIS, LATEST_MILLIS);
      String script = "usleep " + random.nextInt(LONGEST_MICROS) + "; exit " + code;
      ExecSyncRequest request =
          ExecSyncRequest.of(container, List.of("sh", "-c", script), PATIENCE);
      threads.add(Thread.ofVirtual().start(() -> call(kill, delay, request, code)));
    }
  }

  private void call(KillTime kill, long delayMillis, ExecSyncRequest request, int code) {
    try (Monitor monitor = Monitor.join(pod.loop(), pod.options().runtimeDir())) {
      kill.awaitPlanned(delayMillis);
      ExecSyncResult result = Replies.await(monitor.execSync(request), PATIENCE);
      if (result.exitCode() == NOT_STARTED) {
        cut.incrementAndGet();
      } else if (result.exitCode() == code) {
        answered.incrementAndGet();
      } else {
        throw new AssertionError(
            "a command that ended with " + code + " is said to have with " + result.exitCode());
      }
    } catch (IOException refused) {
      if (refused.getCause() instanceof TimeoutException) {
        broken.compareAndSet(null, refused);
      }
      cut.incrementAndGet();
    } catch (RuntimeException | Error failed) {
      broken.compareAndSet(null, failed);
    }
  }

  /** Whether a promise was broken. */
  boolean haveBroken() {
    return broken.get() != null;
  }

  /**
   * Waits until all are over, and tells of them, for the reader.
   *
   * @throws AssertionError when a promise was broken
   */
  String check() throws InterruptedException {
    for (Thread each : threads) {
      each.join();
    }
    if (broken.get() != null) {
      throw new AssertionError("a promise was broken", broken.get());
    }
    return answered + " commands were answered rightly, " + cut + " cut off or refused";
  }
}
