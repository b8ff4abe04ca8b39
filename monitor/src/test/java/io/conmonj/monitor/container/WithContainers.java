package io.conmonj.monitor.container;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests: a directory, and containers that are gone after the test. */
abstract class WithContainers {
  @TempDir Path directory;

  /** Made by the test, or before it. */
  ContainersFixture fixture;

  @AfterEach
  void endContainers() throws Exception {
    if (fixture != null) {
      fixture.close();
    }
  }
}
