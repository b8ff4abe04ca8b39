package io.conmonj.monitor.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.container.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients of an attach socket see of containers without input, and when they have seen it. */
@Timeout(180)
class NoInputTest {
  private static final String UNTIL_TOLD = "while [ ! -e /tmp/go ]; do sleep 0.05; done; ";

  @TempDir Path directory;
  private AttachBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new AttachBed(directory);
  }

  @AfterEach
  void stop() throws Exception {
    bed.close();
  }

  private Container running(String script) throws Exception {
    return bed.pod.run(bed.pod.spec(false, false, "sh", "-c", script));
  }

  private void go(Container container) throws Exception {
    Files.createFile(bed.pod.path(container.id(), "rootfs/tmp/go"));
  }

  private List<String> logged(Container container) {
    try {
      return bed.pod.logged(container.id());
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void aClientBeginsWithWhatWasWrittenBeforeAndStaysToTheEnd() throws Exception {
    Container container = running("echo early; echo error >&2; " + UNTIL_TOLD + "echo late");
    PacketClient.await("the log", () -> logged(container).containsAll(List.of("early", "error")));
    try (PacketClient client = bed.attach(container)) {
      client.awaitStdout("early\n");
      go(container);
      client.awaitEnd();
      assertThat(client.stdout()).isEqualTo("early\nlate\n");
      assertThat(client.stderr()).isEqualTo("error\n");
      assertThat(client.dones()).isEqualTo(1);
    }
  }

  @Test
  void eachClientsSessionEndsWithItsOwnInputAndNothingElseDoes() throws Exception {
    Container container = running("echo early; " + UNTIL_TOLD + "echo late");
    PacketClient.await("the log", () -> logged(container).contains("early"));
    try (PacketClient watcher = bed.attach(container)) {
      for (int i = 0; i < 2; i++) {
        try (PacketClient client = bed.attach(container)) {
          client.endInput();
          client.awaitEnd();
          assertThat(client.stdout()).isEqualTo("early\n");
          assertThat(client.dones()).isEqualTo(1);
        }
      }
      assertThat(watcher.hasEnded()).isFalse();
      go(container);
      watcher.awaitEnd();
      assertThat(watcher.stdout()).isEqualTo("early\nlate\n");
    }
  }

  @Test
  void whatWasWrittenUpToTheEndOfItsInputReachesAClientThatReadsItLater() throws Exception {
    int last = 100_000;
    Container container = running(UNTIL_TOLD + "seq 1 " + last + "; sleep 100000");
    try (PacketClient client = bed.attach(container)) {
      go(container);
      PacketClient.await("the log", () -> logged(container).contains(Integer.toString(last)));
      client.endInput();
      client.awaitEnd();
      assertThat(client.stdout()).startsWith("1\n2\n").endsWith("\n100000\n").hasSize(588_895);
      assertThat(client.dones()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatEndsItsInputAndGoesLeavesNothing() throws Exception {
    Container container = running("echo early; sleep 100000");
    try (PacketClient client = bed.attach(container)) {
      client.endInput();
    }
    PacketClient.await("the end of its session", () -> bed.sessions().isEmpty());
  }
}
