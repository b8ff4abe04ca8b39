package io.conmonj.it.chaos;

import io.conmonj.it.pod.NeedsContainers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code make kills KILLS=300 SEED=} goes on for longer, with a seed of its own. */
@Timeout(600)
@NeedsContainers
class KillsTest {
  private static final int KILLS = 20;
  private static final long SEED = 7;

  @TempDir Path directory;

  @Test
  void aWorkerThatIsKilledAgainAndAgainUnderAttackLosesNoLineAndNoExitCode() throws Exception {
    Kills.run(directory, KILLS, SEED);
  }
}
