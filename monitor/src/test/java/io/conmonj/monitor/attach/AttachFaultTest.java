package io.conmonj.monitor.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.ContainersFixture;
import io.conmonj.monitor.loop.Allocations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Nth time that the monitor asks for memory there is none, for each N. */
@Timeout(300)
class AttachFaultTest {
  private static final int EXIT_CODE = 7;

  @TempDir Path directory;
  private final Allocations allocations = new Allocations();
  private AttachBed bed;

  @BeforeEach
  void start() throws Exception {
    bed =
        new AttachBed(
            directory, Duration.ofSeconds(1), ContainersFixture.withFaults(directory, allocations));
  }

  @AfterEach
  void stop() throws Exception {
    allocations.failNone();
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void theSocketGoesWithItsContainerAndTheClientsWithIt() throws Exception {
    allocations.failNth(Integer.MAX_VALUE);
    liveAndDie();
    int count = allocations.counted();
    for (int number = 1; number <= count; number++) {
      allocations.failNth(number);
      try {
        liveAndDie();
      } catch (Throwable failed) {
        throw new AssertionError("allocation " + number + " failed" + allocations.where(), failed);
      } finally {
        allocations.failNone();
      }
    }
    assertThat(count).isPositive();
  }

  private void liveAndDie() throws Exception {
    int number = allocations.pause();
    Container container =
        bed.running(false, "sh", "-c", "while [ ! -e /tmp/go ]; do usleep 9999; done; exit 7");
    allocations.goOn(number);
    Path path = bed.path(container.id());
    try (PacketClient client = attach(container, path)) {
      Files.createFile(bed.pod.path(container.id(), "rootfs/tmp/go"));
      assertThat(bed.pod.exit(container)).isEqualTo(EXIT_CODE);
      client.awaitEnd();
    }
    PacketClient.await("the end of the socket's file", () -> !Files.exists(path));
    PacketClient.await("the end of the session", () -> bed.sessions().isEmpty());
  }

  /** Somebody who asks a second time where the first was refused. */
  private PacketClient attach(Container container, Path path) throws Exception {
    try {
      bed.open(container, path, false);
    } catch (IOException | ExecutionException refused) {
      allocations.failNone();
      bed.open(container, path, false);
    }
    return PacketClient.connect(path);
  }
}
