package io.conmonj.monitor.loop;

import io.conmonj.kernel.KernelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Work that nobody would do later, and that is therefore begun again, a little later, where there
 * was a {@linkplain KernelException#isShortage shortage} of something, which passes: others give
 * back their descriptors, memory and processes. Loop thread only.
 *
 * @param <T> what comes of it
 */
public final class PatientWork<T> {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Supplier<CompletableFuture<T>> work;
  private final Duty again;
  private final long deadline;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  private PatientWork(EventLoop loop, Duration longest, Supplier<CompletableFuture<T>> work) {
    this.work = work;
    this.again = loop.duty(this::beginAgain);
    this.deadline = System.nanoTime() + longest.toNanos();
  }

  /**
   * Begins it.
   *
   * @param longest after this it is not begun again
   * @param work has left nothing behind when it fails for a shortage; may throw an {@link Error},
   *     which this throws, or has the result fail with
   * @return completes as the work that did not fail for a shortage, or was begun last
   */
  public static <T> CompletableFuture<T> begin(
      EventLoop loop, Duration longest, Supplier<CompletableFuture<T>> work) {
    PatientWork<T> patient = new PatientWork<>(loop, longest, work);
    patient.begin();
    return patient.result;
  }

  private void begin() {
    var _ =
        work.get()
            .handle(
                (value, failure) -> {
                  over(value, failure);
                  return null;
                });
  }

  private void beginAgain() {
    try {
      begin();
    } catch (Error | RuntimeException failed) {
      result.completeExceptionally(failed);
    }
  }

  private void over(T value, Throwable failure) {
    if (failure == null) {
      result.complete(value);
    } else if (isShortage(failure) && System.nanoTime() - deadline < 0) {
      again.dueAfter(PAUSE);
    } else {
      result.completeExceptionally(failure);
    }
  }

  private static boolean isShortage(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof KernelException kernel && kernel.isShortage()) {
        return true;
      }
    }
    return false;
  }
}
