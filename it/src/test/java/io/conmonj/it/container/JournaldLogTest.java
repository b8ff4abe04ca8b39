package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.conmonj.client.metrics.MetricsSocket;
import io.conmonj.client.model.LogConfig;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a container wrote is in systemd's journal: a real one, read back with journalctl. */
@Timeout(300)
@NeedsContainers
class JournaldLogTest {
  private static final int LINES = 30_000;

  /** Fewer than those after which the holder waits before it starts another. */
  private static final int KILLS = 3;

  private static final int BYTES_BETWEEN_KILLS = 250_000;
  private static final int LINES_WITH_KILLS = 8000;
  private static final String NAME = "k8s_web_pod-1_default_0123_0";

  @TempDir Path directory;
  private Journald journald;
  private BusyboxPod pod;

  @BeforeEach
  void startPod() throws IOException {
    assumeTrue(Journald.isInstalled(), "needs systemd-journald");
    journald = Journald.start();
    Path launcher = journald.within(directory, Distribution.program("conmonj"));
    pod = BusyboxPod.startBy(launcher, directory);
  }

  @AfterEach
  void stopPod() throws IOException {
    try {
      if (pod != null) {
        pod.close();
      }
    } finally {
      if (journald != null) {
        journald.close();
      }
    }
  }

  private PodContainer run(String command) throws IOException {
    PodContainer container = pod.container("sh", "-c", command);
    new BusyboxBundle(container.home().resolve("bundle"))
        .annotate("io.kubernetes.cri-o.Name", NAME);
    container.create(
        it ->
            it.logDrivers(
                List.of(new LogConfig.Journald(), new LogConfig.Cri(container.log(), 0))));
    return container.start();
  }

  private void awaitMessages(PodContainer container, List<String> messages) {
    Await.until(
        "its messages in the journal",
        () -> journald.messages(container.id()).size() >= messages.size());
    assertThat(journald.messages(container.id())).isEqualTo(messages);
  }

  private static List<String> numbers(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
  }

  @Test
  void aLineHasTheFieldsOfConmonAndTheOtherLogHasItToo() throws Exception {
    PodContainer container = run("echo out; sleep 1; echo err >&2; sleep 1; printf end");
    Await.until("exit file", container::hasExited);
    awaitMessages(container, List.of("out", "err", "end"));
    List<JsonNode> entries = journald.entries(container.id());
    for (JsonNode entry : entries) {
      assertThat(entry.get("CONTAINER_ID").asText()).isEqualTo(container.id().substring(0, 12));
      assertThat(entry.get("CONTAINER_NAME").asText()).isEqualTo(NAME);
      assertThat(entry.get("SYSLOG_IDENTIFIER").asText()).isEqualTo(NAME);
      assertThat(entry.get("_COMM").asText()).isEqualTo("conmonj");
    }
    assertThat(entries)
        .extracting(it -> it.get("PRIORITY").asText())
        .containsExactly("6", "3", "6");
    assertThat(entries)
        .extracting(it -> it.path("CONTAINER_PARTIAL_MESSAGE").asText())
        .containsExactly("", "", "true");
    assertThat(CriLogFiles.lines("stderr", List.of(container.log()))).containsExactly("err");
  }

  @Test
  void everyLineOfAFastContainerIsInTheJournalInItsOrder() throws Exception {
    PodContainer container = run("seq 1 " + LINES);
    Await.until("exit file", container::hasExited);
    awaitMessages(container, numbers(LINES));
  }

  @Test
  void aJournalThatHangsHoldsBackThoseWhoLogToItAndNoOthersAndLosesNothing() throws Exception {
    journald.signal("STOP");
    String rest = "x".repeat(100);
    PodContainer held = run("seq 1 " + LINES + " | sed s/$/" + rest + "/; touch /tmp/done");
    PodContainer free = pod.container("seq", "1", "1000").run();
    Await.until("exit file of the other", free::hasExited);
    assertThat(CriLogFiles.lines("stdout", List.of(free.log()))).isEqualTo(numbers(1000));
    assertThat(Files.exists(held.root().resolve("tmp/done"))).isFalse();
    journald.signal("CONT");
    Await.until("exit file", held::hasExited);
    awaitMessages(held, numbers(LINES).stream().map(number -> number + rest).toList());
  }

  @Test
  void whatIsWrittenWhileTheJournalIsStoppedIsThereWhenItIsStartedAgain() throws Exception {
    PodContainer container = run("echo 1; while [ ! -e /tmp/go ]; do sleep 0.1; done; seq 2 1000");
    awaitMessages(container, List.of("1"));
    journald.stopDaemon();
    Files.createFile(container.root().resolve("tmp/go"));
    Await.until("the other log", () -> logged(container).contains(" 1000\n"));
    journald.startDaemon();
    Await.until("exit file", container::hasExited);
    awaitMessages(container, numbers(1000));
  }

  /** Each is killed in the middle of a flood of which the journal has not got all that was read. */
  @Test
  void workersThatAreKilledCostTheJournalNoLineAndDoubleNone() throws Exception {
    String rest = "x".repeat(100);
    PodContainer container = run("seq 1 " + LINES_WITH_KILLS + " | sed s/$/" + rest + "/");
    for (int kill = 1; kill <= KILLS; kill++) {
      int length = kill * BYTES_BETWEEN_KILLS;
      Await.until("the next part of the lines", () -> logged(container).length() > length);
      ProcessHandle.of(pod.process().worker().pid()).orElseThrow().destroyForcibly();
      Await.until("a worker that answers", this::answers);
    }
    Await.until("exit file", container::hasExited);
    List<String> all = numbers(LINES_WITH_KILLS).stream().map(number -> number + rest).toList();
    awaitMessages(container, all);
    String metrics = Replies.await(MetricsSocket.read(pod.loop(), pod.monitor().runtimeDir()));
    assertThat(metrics)
        .contains("conmonj_worker_crashes_total " + KILLS + "\n")
        .contains("conmonj_log_lost_bytes_total 0\n");
  }

  private boolean answers() {
    try {
      pod.reconnect();
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String logged(PodContainer container) {
    try {
      return Files.readString(container.log());
    } catch (IOException missing) {
      return "";
    }
  }
}
