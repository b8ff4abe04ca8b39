package io.conmonj.it.upgrade;

import io.conmonj.it.pod.NeedsContainers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code make upgrades UPGRADES=200 SEED=} goes on for longer, with a seed of its own. */
@Timeout(600)
@NeedsContainers
class UpgradesTest {
  private static final int UPGRADES = 3;
  private static final int SESSIONS_OF_EACH = 1;
  private static final long SEED = 11;

  @TempDir Path directory;

  @Test
  void underLoadSessionsOfEveryKindOverEveryProtocolGoOnAndNoByteIsLost() throws Exception {
    Upgrades.run(directory, UPGRADES, SESSIONS_OF_EACH, SEED);
  }
}
