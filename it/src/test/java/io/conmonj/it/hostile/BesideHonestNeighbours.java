package io.conmonj.it.hostile;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.NeedsContainers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pod with two honest clients at work. */
@NeedsContainers
abstract class BesideHonestNeighbours {
  /** A flag: little patience with the idle. */
  static final String IDLE_TIMEOUT = "--streaming-idle-timeout=3s";

  /** What an idle client is told then. */
  static final String IDLE = "session was idle for 3 s";

  /** A close code. */
  static final int NORMAL = 1000;

  /** The channel of the status. */
  static final int STATUS = 3;

  /** The stream of the status. */
  static final int STATUS_OF_SPDY = 1;

  EchoPod pod;
  HonestNeighbours neighbours;

  @TempDir private Path directory;
  private final String[] flags;

  /**
   * @param flags of the monitor
   */
  BesideHonestNeighbours(String... flags) {
    this.flags = flags.clone();
  }

  @BeforeEach
  void start() throws IOException {
    pod = EchoPod.start(directory, flags);
    neighbours = HonestNeighbours.start(pod);
  }

  @AfterEach
  void stop() throws IOException {
    try {
      if (neighbours != null) {
        neighbours.close();
      }
    } finally {
      if (pod != null) {
        pod.close();
      }
    }
  }

  void awaitItsEnd() {
    Await.until("the offender's end", () -> neighbours.offenders().isEmpty());
  }
}
