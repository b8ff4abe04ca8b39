package io.conmonj.it.chaos;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Containers that end around each kill of a worker, a few at a time. */
final class Mortals implements AutoCloseable {
  private static final int AT_ONCE = 4;

  private final BusyboxPod pod;
  private final PodContainer neighbour;
  private final Random random;
  private final ExitWatch watch;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Mortal> dead = new ConcurrentLinkedQueue<>();
  private final Queue<PodContainer> undecided = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  /**
   * @param neighbour whose root filesystem they have too
   * @param exits a directory for files that tell of their exits
   */
  Mortals(BusyboxPod pod, PodContainer neighbour, Path exits, long seed) throws IOException {
    this.pod = pod;
    this.neighbour = neighbour;
    this.random = new Random(seed);
    this.watch = ExitWatch.start(exits);
  }

  /**
   * Begins with a few more.
   *
   * @param kill around which they end
   * @return reaches zero when they run, or will not
   */
  CountDownLatch begin(KillTime kill) throws IOException {
    CountDownLatch begun = new CountDownLatch(AT_ONCE);
    for (int i = 0; i < AT_ONCE; i++) {
      Mortal mortal = new Mortal(pod, neighbour, watch, kill, random);
      threads.add(Thread.ofVirtual().start(() -> live(mortal, begun)));
    }
    return begun;
  }

  private void live(Mortal mortal, CountDownLatch begun) {
    try {
      mortal.live(pod, begun);
      dead.add(mortal);
    } catch (IOException refused) {
      undecided.add(mortal.container());
    } catch (RuntimeException | Error failed) {
      broken.compareAndSet(null, failed);
    }
  }

  /** Whether a promise was broken. */
  boolean haveBroken() {
    return broken.get() != null;
  }

  /**
   * Waits until all have ended, looks at all that was told, and tells it, for the reader.
   *
   * @throws AssertionError when a promise was broken
   */
  String check() throws Exception {
    for (Thread each : threads) {
      each.join();
    }
    if (broken.get() != null) {
      throw new AssertionError("a promise was broken", broken.get());
    }
    for (PodContainer each : undecided) {
      pod.runc().delete(each.id());
    }
    for (Mortal each : dead) {
      each.checkTold();
    }
    Await.until("nothing is left beside exit files", () -> strangers().isEmpty());
    return String.format(
        "%d exit codes right (%d of those killed), %d of containers that ended while no worker"
            + " answered; told again %d; not created %d",
        dead.size(),
        dead.stream().filter(Mortal::wasKilled).count(),
        dead.stream().filter(Mortal::hasEndedUnseen).count(),
        dead.stream().filter(each -> each.tellings() > 1).count(),
        undecided.size());
  }

  private List<String> strangers() {
    try {
      return watch.strangers();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
