package io.conmonj.it.chaos;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.HostCommand;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * A container that ends in the moments around the kill of a worker, with a code of its own, and
 * what is told of that.
 */
final class Mortal {
  private static final int MOST_CODE = 255;

  /** 128 and SIGKILL. */
  private static final int KILLED = 137;

  /** Of the times when it ends, before and after the kill: a worker takes as long to be there. */
  private static final int EARLIEST_MILLIS = -60;

  private static final int LATEST_MILLIS = 240;

  private static final long LOOK_MILLIS = 2;

  private final KillTime kill;
  private final ExpectedExit exit;
  private final boolean killed;
  private final long delayMillis;
  private final Path orders;
  private final ExitWatch watch;
  private volatile long ended;

  /**
   * @param neighbour whose root filesystem it has too
   * @param kill around which it ends
   */
  Mortal(BusyboxPod pod, PodContainer neighbour, ExitWatch watch, KillTime kill, Random random)
      throws IOException {
    this.kill = kill;
    this.watch = watch;
    this.killed = random.nextInt(4) == 0;
    this.delayMillis = random.nextInt(EARLIEST_MILLIS, LATEST_MILLIS);
    String name = "orders-" + random.nextLong(Long.MAX_VALUE);
    this.orders = neighbour.root().resolve("tmp").resolve(name);
    int code = random.nextInt(MOST_CODE + 1);
    String script = "read code < /tmp/" + name + "; seq 1 $code; exit $code";
    PodContainer container = pod.containerBeside(neighbour, "sh", "-c", script);
    this.exit =
        killed ? new ExpectedExit(container, KILLED, 0) : new ExpectedExit(container, code, code);
  }

  PodContainer container() {
    return exit.container();
  }

  /**
   * Creates, starts and ends it, and looks at what is told.
   *
   * @param begun counted down once it runs, or will not
   * @throws IOException when it could not be created
   */
  void live(BusyboxPod pod, CountDownLatch begun) throws IOException {
    HostCommand.run("mkfifo", orders.toString());
    // Open for both, so that nobody waits for the other end.
    try (RandomAccessFile order = new RandomAccessFile(orders.toFile(), "rw")) {
      try {
        exit.create(it -> it.exitPaths(watch.expect(container())));
        container().start();
      } finally {
        begun.countDown();
      }
      kill.awaitPlanned(delayMillis);
      if (killed) {
        ProcessHandle.of(container().pid()).ifPresent(ProcessHandle::destroyForcibly);
      } else {
        order.writeBytes(exit.code() + "\n");
      }
      ProcessFacts process = new ProcessFacts(container().pid());
      while (process.isAlive()) {
        Pause.ofMillis(LOOK_MILLIS);
      }
      ended = System.nanoTime();
    } finally {
      Files.delete(orders);
    }
    Await.until("all of the exit of " + container().id(), this::isTold);
    exit.check();
    pod.runc().delete(container().id());
  }

  private boolean isTold() {
    return exit.isTold() && !watch.codes(container()).isEmpty();
  }

  /** Whether it ended while there was no worker. */
  boolean hasEndedUnseen() {
    return kill.isOutage(ended);
  }

  /** Whether it was killed. */
  boolean wasKilled() {
    return killed;
  }

  /** How often its exit was told. */
  int tellings() {
    return watch.codes(container()).size();
  }

  /** Looks at all that was told of it, when it is all over. */
  void checkTold() throws IOException {
    exit.check();
    exit.checkCleanedOnce();
    List<String> told = watch.codes(container());
    String code = Integer.toString(exit.code());
    if (!watch.code(container()).equals(code) || !told.stream().allMatch(code::equals)) {
      throw new AssertionError(container().id() + ", code " + code + ", was told as " + told);
    }
  }
}
