package io.conmonj.monitor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PatientWorkTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private int begun;

  /** Fails a few times, and then says how often it was begun. */
  private Supplier<CompletableFuture<Integer>> failing(int times, Exception failure) {
    return () ->
        ++begun <= times
            ? CompletableFuture.failedFuture(failure)
            : CompletableFuture.completedFuture(begun);
  }

  private int run(Duration longest, Supplier<CompletableFuture<Integer>> work) throws Exception {
    try (LoopThread thread = LoopThread.start()) {
      return thread.await(() -> PatientWork.begin(thread.loop(), longest, work));
    }
  }

  private static Exception of(int errno) {
    return new KernelException(errno, "spawn", "x");
  }

  @Test
  void whatFailsForAShortageIsBegunAgain() throws Exception {
    assertThat(run(LONG, failing(0, of(Errno.EMFILE)))).isEqualTo(1);
    begun = 0;
    assertThat(run(LONG, failing(3, of(Errno.EMFILE)))).isEqualTo(4);
    begun = 0;
    assertThat(run(LONG, failing(2, new IOException("runc state", of(Errno.EAGAIN))))).isEqualTo(3);
  }

  @Test
  void whatFailsForAnotherReasonIsNot() {
    assertThatThrownBy(() -> run(LONG, failing(1, of(Errno.ENOENT))))
        .hasStackTraceContaining("ENOENT");
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void afterItsTimeItIsNotBegunAgain() {
    assertThatThrownBy(() -> run(Duration.ZERO, failing(9, of(Errno.ENFILE))))
        .hasStackTraceContaining("ENFILE");
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void whatIsThrownLaterIsWhatItFailsWith() {
    Supplier<CompletableFuture<Integer>> work =
        () -> {
          if (++begun > 1) {
            throw new StackOverflowError("second time");
          }
          return CompletableFuture.failedFuture(of(Errno.ENOMEM));
        };
    assertThatThrownBy(() -> run(LONG, work)).hasStackTraceContaining("second time");
  }
}
