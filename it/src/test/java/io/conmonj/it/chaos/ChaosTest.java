package io.conmonj.it.chaos;

import io.conmonj.it.pod.NeedsContainers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code make chaos MINUTES=30 SEED=} goes on for longer, with a seed of its own. */
@Timeout(600)
@NeedsContainers
class ChaosTest {
  private static final long SEED = 9;

  @TempDir Path directory;

  @Test
  void underAllAttacksAtOnceNoLineIsLostEachExitIsToldAndNothingIsLeft() throws Exception {
    Chaos.run(directory, Duration.ofMinutes(2), SEED);
  }
}
