package io.conmonj.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.NeedsContainers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code make soak SEED=N} runs the sessions of a failure again. */
@Timeout(900)
@NeedsContainers
class SoakTest {
  private static final int SESSIONS = 10_000;

  /**
   * KiB: half of the monitor's heap (-Xmx), which grows with what a collection has still to find.
   */
  private static final long HEAP = 16 * 1024;

  @TempDir Path directory;

  @Test
  void sessionsOfEveryKindThatEndAtEveryStageLeaveNothing() throws Exception {
    long grown = Soak.run(directory, SESSIONS, System.nanoTime());
    assertThat(grown).as("private memory gained from the first round to the last").isLessThan(HEAP);
  }
}
