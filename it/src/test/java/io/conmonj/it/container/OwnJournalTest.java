package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor says of itself in systemd's journal: a real one, read back with journalctl. */
@Timeout(180)
@NeedsContainers
class OwnJournalTest {
  private static final String INFORMATIONAL = "6";
  private static final String WARNING = "4";

  /** So many characters of an id are a field too. */
  private static final int SHORT_ID = 12;

  @TempDir Path directory;
  private Journald journald;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Journald.isInstalled(), "needs systemd-journald");
    journald = Journald.start();
  }

  @AfterEach
  void stop() throws IOException {
    if (journald != null) {
      journald.close();
    }
  }

  @Test
  void aContainersLifeIsFoundByTheProgramAndTheContainersId() throws Exception {
    for (String name : List.of("conmonrs", "conmonj")) {
      try (BusyboxPod pod = withJournal(name)) {
        PodContainer container = pod.container("sh", "-c", "exit 3").run();
        String id = container.id();
        awaitMessage(name, id, "container " + id + " ended, pid ");
        List<JsonNode> entries = about(name, id);
        assertThat(entries)
            .extracting(it -> it.get("MESSAGE").asText())
            .anyMatch(it -> it.startsWith("container " + id + " created, pid "))
            .anyMatch(it -> it.contains(": exit code 3, "));
        for (JsonNode entry : entries) {
          assertThat(entry.get("PRIORITY").asText()).isEqualTo(INFORMATIONAL);
          assertThat(entry.get("POD_ID").asText()).isEqualTo("run");
          assertThat(entry.get("_COMM").asText()).isEqualTo(name);
        }
        assertThat(about(name, id.substring(0, SHORT_ID))).containsAll(entries);
        assertThat(journald.entries(id)).as("what the container wrote").isEmpty();
      }
    }
  }

  @Test
  void whatEndsAbnormallyIsToldWithItsReason() throws Exception {
    try (BusyboxPod pod =
        withJournal("conmonrs", "--log-rate-lines=10", "--log-rate-policy=drop")) {
      PodContainer container =
          pod.container("sh", "-c", "seq 1 1000; exec sleep 100000")
              .create(it -> it.cleanupCommand(List.of("/bin/sh", "-c", "exit 9")))
              .start();
      String id = container.id();
      JsonNode dropped = awaitMessage("conmonrs", id, "container " + id + ": it writes more than ");
      assertThat(dropped.get("PRIORITY").asText()).isEqualTo(WARNING);
      CompletableFuture<ExecSyncResult> call =
          pod.monitor()
              .execSync(ExecSyncRequest.of(id, List.of("sleep", "100000"), Duration.ofHours(1)));
      call.cancel(false);
      awaitMessage("conmonrs", id, "call of execSync for container " + id + " failed: run command");
      ExecSyncRequest late =
          ExecSyncRequest.of(id, List.of("sleep", "100000"), Duration.ofMillis(100));
      assertThat(pod.monitor().execSync(late)).succeedsWithin(Duration.ofMinutes(1));
      awaitMessage("conmonrs", id, "a command in container " + id + " was killed: ");
      pod.runc().kill(id, "KILL");
      JsonNode ended = awaitMessage("conmonrs", id, "container " + id + " ended, pid ");
      assertThat(ended.get("MESSAGE").asText()).contains("exit code 137").contains(" dropped, ");
      JsonNode cleanup = awaitMessage("conmonrs", id, "cleanup command /bin/sh ended with 9");
      assertThat(cleanup.get("PRIORITY").asText()).isEqualTo(WARNING);
    }
  }

  /** Nobody else could: its successor knows nothing of it. */
  @Test
  void theDeathOfAWorkerIsToldByTheHolder() throws Exception {
    try (BusyboxPod pod = withJournal("conmonrs")) {
      long worker = pod.process().worker().pid();
      ProcessHandle.of(worker).orElseThrow().destroyForcibly();
      Await.until(
          "the holder's message",
          () -> !journald.matching("-t", "conmonrs", "LOGGER=holder").isEmpty());
      JsonNode told = journald.matching("-t", "conmonrs", "LOGGER=holder").getFirst();
      assertThat(told.get("MESSAGE").asText())
          .isEqualTo("worker " + worker + " was killed by signal 9; another one is started");
      assertThat(told.get("PRIORITY").asText()).isEqualTo(WARNING);
      assertThat(told.get("POD_ID").asText()).isEqualTo("run");
      assertThat(told.get("_COMM").asText()).isEqualTo("conmonrs");
      assertThat(told.get("_PID").asText()).isEqualTo("" + pod.process().pid());
    }
  }

  @Test
  void withoutALogDriverTheJournalHasNothingOfIt() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startBy(launcher("conmonrs"), directory)) {
      PodContainer container =
          pod.container("sh", "-c", "exit 3")
              .create(it -> it.cleanupCommand(List.of("/bin/sh", "-c", "exit 9")))
              .start();
      Await.until("exit file", container::hasExited);
    }
    journald.mark();
    assertThat(journald.matching("-t", "conmonrs")).isEmpty();
    assertThat(journald.matching("_COMM=conmonrs")).isEmpty();
  }

  private BusyboxPod withJournal(String name, String... flags) throws IOException {
    return BusyboxPod.startWithJournalBy(launcher(name), directory.resolve(name), flags);
  }

  private Path launcher(String name) throws IOException {
    Path own = Files.createDirectories(directory.resolve(name));
    return journald.within(own, Distribution.program(name));
  }

  private List<JsonNode> about(String name, String id) {
    return journald.matching("-t", name, "CONTAINER_ID=" + id);
  }

  private JsonNode awaitMessage(String name, String id, String beginning) {
    Await.until(beginning, () -> has(name, id, beginning));
    return about(name, id).stream()
        .filter(it -> it.get("MESSAGE").asText().startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  private boolean has(String name, String id, String beginning) {
    return about(name, id).stream()
        .anyMatch(it -> it.get("MESSAGE").asText().startsWith(beginning));
  }
}
