package io.conmonj.it.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ListedSession;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a command whose client goes away, with and without a grace period. */
@Timeout(180)
@NeedsContainers
class ClientGoneTest {
  private static final String DEAF_TO_HANG_UPS =
      "trap '' HUP PIPE; echo ready; while [ ! -e /tmp/end ]; do sleep 0.05; done";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCommandThatIgnoresTheHangUpRunsOnIsListedAndReapedAtItsEnd(boolean terminal)
      throws Exception {
    try (BusyboxPod pod = BusyboxPod.start(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      long command = leaveBehind(pod, container, terminal);
      Await.until("the client is seen to have gone", () -> !only(pod).connected());
      long id = only(pod).id();
      assertThat(only(pod).target()).isEqualTo(container.id());
      assertThatExceptionOfType(MonitorException.class)
          .isThrownBy(() -> Replies.await(pod.monitor().endSession(id)))
          .withMessageEndingWith("the client of session " + id + " has gone already");
      assertThat(pod.process().children()).contains(command);

      Files.createFile(container.root().resolve("tmp/end"));
      Await.until("the end of the list", () -> sessions(pod).isEmpty());
      assertThat(pod.process().children()).containsExactly(container.pid());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void atTheEndOfTheGracePeriodItIsKilledAndNothingElseIs(boolean terminal) throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory, "--exec-grace-period=500ms")) {
      PodContainer container = pod.container("sleep", "1000000").run();
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      try (ContainerSession other =
          Replies.await(
              pod.monitor()
                  .exec(
                      ServeExecRequest.piped(container.id(), List.of("cat")),
                      StreamOptions.of(output, output)))) {
        other.stdin().write('x');
        other.stdin().flush();
        Await.until("the other command runs", () -> output.toString(UTF_8).equals("x"));
        Set<Long> before = Set.copyOf(pod.process().children());
        long command = leaveBehind(pod, container, terminal);
        assertThat(before).doesNotContain(command);
        Await.until("only the other session is left", () -> sessions(pod).size() == 1);
        assertThat(pod.process().children()).hasSameElementsAs(before);
        other.stdin().close();
        assertThat(RemoteCommand.status(other)).isEqualTo(new ExecStatus.Exited(0));
      }
      assertThat(container.hasExited()).isFalse();
    }
  }

  /** Starts a command, sees it run and goes; returns its pid. */
  private static long leaveBehind(BusyboxPod pod, PodContainer container, boolean terminal)
      throws Exception {
    List<String> words = List.of("sh", "-c", DEAF_TO_HANG_UPS);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ContainerSession _ =
        Replies.await(
            pod.monitor()
                .exec(
                    terminal
                        ? ServeExecRequest.terminal(container.id(), words)
                        : ServeExecRequest.piped(container.id(), words),
                    terminal
                        ? StreamOptions.terminal(output, new WindowSize(80, 24))
                        : StreamOptions.of(output, output)))) {
      Await.until("the command runs", () -> output.toString(UTF_8).startsWith("ready"));
      // The runtime that has started it may still be there, and be its parent.
      Await.until("the command is the monitor's", () -> command(pod).isPresent());
      return command(pod).orElseThrow();
    }
  }

  private static Optional<Long> command(BusyboxPod pod) {
    return pod.process().children().stream().filter(ClientGoneTest::isDeaf).findFirst();
  }

  private static boolean isDeaf(long process) {
    try {
      return Files.readString(Path.of("/proc", "" + process, "cmdline"))
          .equals("sh\0-c\0" + DEAF_TO_HANG_UPS + "\0");
    } catch (IOException gone) {
      return false;
    }
  }

  private static ListedSession only(BusyboxPod pod) {
    assertThat(sessions(pod)).hasSize(1);
    return sessions(pod).getFirst();
  }

  private static List<ListedSession> sessions(BusyboxPod pod) {
    try {
      return Replies.await(pod.monitor().listSessions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
