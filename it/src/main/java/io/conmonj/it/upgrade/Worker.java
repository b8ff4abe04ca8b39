package io.conmonj.it.upgrade;

import java.io.IOException;

/** A thread of a load. What it throws is a fault. */
final class Worker {
  /** What it does. */
  @FunctionalInterface
  interface Work {
    /** Until it is over. */
    void run() throws IOException;
  }

  private final Thread thread;

  private Worker(Thread thread) {
    this.thread = thread;
  }

  /**
   * Starts one.
   *
   * @param name what it is, in faults
   */
  static Worker start(String name, Faults faults, Work work) {
    return new Worker(
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    work.run();
                  } catch (IOException | RuntimeException | Error failed) {
                    faults.add(name, failed);
                  }
                }));
  }

  /** Waits for its end. */
  void join() throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
