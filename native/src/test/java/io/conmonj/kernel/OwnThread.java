package io.conmonj.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs what changes its thread for good in a thread of its own. */
final class OwnThread {
  private OwnThread() {}

  static <T> T call(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofPlatform().name("own-thread").start(task);
    thread.join();
    return task.get();
  }
}
