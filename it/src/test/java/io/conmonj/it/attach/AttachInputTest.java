package io.conmonj.it.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.client.MonitorException;
import io.conmonj.client.model.AttachSettings;
import io.conmonj.client.model.ListedSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the end of a viewer's input is to its container, and keys that end the viewing only. */
@Timeout(180)
@NeedsContainers
class AttachInputTest {
  private static final ExecStatus SUCCESS = new ExecStatus.Exited(0);
  private static final AttachSettings ONCE = AttachSettings.NONE.withStdinOnce();
  private static final AttachSettings KEYS = AttachSettings.NONE.withDetachKeys("ctrl-p,ctrl-q");
  private static final String CTRL_P = "\u0010";
  private static final String CTRL_Q = "\u0011";

  @TempDir static Path directory;
  private static BusyboxPod pod;

  @BeforeAll
  static void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
  }

  @AfterAll
  static void stopPod() throws IOException {
    pod.close();
  }

  private static PodContainer reading(String script) throws IOException {
    return pod.container("sh", "-c", script).create(it -> it.stdin(true)).start();
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfTheOnlyInputEndsTheContainersAndTheViewerSeesTheRest(Transport transport)
      throws Exception {
    PodContainer container = reading("cat; echo all read; exit 3");
    try (AttachedViewer typist = AttachedViewer.typing(pod, container, ONCE, transport)) {
      typist.type("one\n");
      typist.endInput();
      assertThat(typist.status()).isEqualTo(SUCCESS);
      assertThat(typist.output()).isEqualTo("one\nall read\n");
    }
    Await.until("the exit is recorded", container::hasExited);
    assertThat(container.exitCode()).isEqualTo("3");
  }

  @ParameterizedTest
  @EnumSource
  void aTypistThatGoesAwayEndsTheContainersInputOnceAllOfItsOwnIsRead(Transport transport)
      throws Exception {
    PodContainer container =
        reading("while [ ! -e /tmp/go ]; do sleep 0.05; done; wc -c >/tmp/count");
    String much = "x".repeat(200_000);
    try (AttachedViewer typist = AttachedViewer.typing(pod, container, ONCE, transport)) {
      typist.type(much);
      Await.until("the monitor has got it all", () -> received() == much.length());
    }
    Await.until("the client is seen to have gone", () -> connected() == 0);
    assertThat(container.hasExited()).isFalse();
    Files.createFile(container.root().resolve("tmp/go"));
    Await.until("the exit is recorded", container::hasExited);
    assertThat(container.root().resolve("tmp/count")).hasContent("200000");
    Await.until("the end of the list", () -> sessions().isEmpty());
  }

  @Test
  void withATerminalTheEndOfTheInputDetachesOnly() throws Exception {
    PodContainer container = pod.terminalContainer("cat", "-v").run();
    try (AttachedViewer typist = AttachedViewer.typing(pod, container, ONCE, Transport.WEBSOCKET)) {
      typist.endInput();
      assertThat(typist.status()).isEqualTo(SUCCESS);
    }
    assertAnswers(container, "x\n", "x\r\nx\r\n");
  }

  @Test
  void whoOnlyWatchesDoesNotEndTheContainersInputByGoing() throws Exception {
    PodContainer container = reading("while read a; do echo $((a + 1)); done");
    try (AttachedViewer watcher =
        AttachedViewer.watching(pod, container, ONCE, Transport.WEBSOCKET)) {
      assertThat(watcher.output()).isEmpty();
    }
    assertAnswers(container, "41\n", "42\n");
  }

  @ParameterizedTest
  @EnumSource
  void theKeysEndTheSessionAndTheContainerAndOtherViewersGoOn(Transport transport)
      throws Exception {
    PodContainer container = pod.terminalContainer("cat", "-v").run();
    try (AttachedViewer other = AttachedViewer.watching(pod, container)) {
      try (AttachedViewer typist = AttachedViewer.typing(pod, container, KEYS, transport)) {
        typist.type("a" + CTRL_P);
        typist.type("b\n");
        typist.awaitOutput("a^Pb\r\na^Pb\r\n");
        typist.type(CTRL_P);
        typist.type(CTRL_Q + "c\n");
        assertThat(typist.status()).isEqualTo(SUCCESS);
      }
      assertThat(sessions()).hasSize(1);
      assertAnswers(container, "d\n", "d\r\nd\r\n");
      other.awaitOutput("d\r\nd\r\n");
      assertThat(other.output()).isEqualTo("a^Pb\r\na^Pb\r\nd\r\nd\r\n");
    }
  }

  @Test
  void keysAreRefusedWithoutATerminal() throws Exception {
    PodContainer container = reading("cat");
    assertThatExceptionOfType(MonitorException.class)
        .isThrownBy(() -> AttachedViewer.typing(pod, container, KEYS, Transport.WEBSOCKET))
        .withMessage(
            "serve attach to container "
                + container.id()
                + ": detach keys need a terminal and stdin");
  }

  private static void assertAnswers(PodContainer container, String question, String answer)
      throws IOException {
    try (AttachedViewer next = AttachedViewer.typing(pod, container)) {
      next.type(question);
      next.awaitOutput(answer);
    }
    assertThat(container.hasExited()).isFalse();
  }

  private static long received() {
    return sessions().stream().mapToLong(ListedSession::receivedBytes).sum();
  }

  private static long connected() {
    return sessions().stream().filter(ListedSession::connected).count();
  }

  private static List<ListedSession> sessions() {
    try {
      return Replies.await(pod.monitor().listSessions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
