package io.conmonj.it.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ExecSettings;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be said of a command beyond its words, in each of the ways to start it. */
@Timeout(180)
@NeedsContainers
class ExecSettingsTest {
  private static final String IDS = "grep -E '^(Uid|Gid|Groups):' /proc/self/status";

  @TempDir static Path directory;
  private static BusyboxPod pod;
  private static PodContainer container;

  /** How the runtime is told. */
  enum Way {
    /** By flags, with pipes. */
    PIPES,
    /** By flags, with a terminal. */
    TERMINAL,
    /** By a document, which a terminal of a known size needs. */
    SIZED_TERMINAL
  }

  @BeforeAll
  static void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
    container = pod.container("sleep", "1000000").run();
  }

  @AfterAll
  static void stopPod() throws IOException {
    pod.close();
  }

  @ParameterizedTest
  @EnumSource
  void variablesComeOnTopOfTheContainersOwn(Way way) throws Exception {
    List<String> variables = List.of("A=b c,d=\"e\" \\ 'ü'", "EMPTY=", "TERM=dumb");
    assertThat(
            run(
                way,
                it -> it.withEnvironment(variables),
                "printf '%s|' \"$A\" \"${EMPTY-unset}\" \"$TERM\" \"$PATH\""))
        .isEqualTo(
            "b c,d=\"e\" \\ 'ü'||dumb"
                + "|/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin|");
  }

  @ParameterizedTest
  @EnumSource
  void theWorkingDirectoryIsTheOneAskedFor(Way way) throws Exception {
    assertThat(run(way, it -> it.withWorkingDirectory("/tmp"), "pwd; ls -d ../tmp"))
        .isEqualTo("/tmp\n../tmp\n");
  }

  @ParameterizedTest
  @EnumSource
  void userGroupAndFurtherGroupsAreThoseAskedFor(Way way) throws Exception {
    assertThat(run(way, it -> it.withUser("7:8").withAdditionalGroups(List.of(9, 2147483647)), IDS))
        .isEqualTo("Uid: 7 7 7 7\nGid: 8 8 8 8\nGroups: 9 2147483647\n");
  }

  @ParameterizedTest
  @EnumSource
  void aUserAloneKeepsTheContainersGroup(Way way) throws Exception {
    assertThat(run(way, it -> it.withUser("7"), IDS)).startsWith("Uid: 7 7 7 7\nGid: 0 0 0 0\n");
  }

  @ParameterizedTest
  @EnumSource
  void furtherGroupsAloneKeepTheContainersUser(Way way) throws Exception {
    assertThat(run(way, it -> it.withAdditionalGroups(List.of(9)), IDS))
        .isEqualTo("Uid: 0 0 0 0\nGid: 0 0 0 0\nGroups: 9\n");
  }

  @Test
  void theTerminalHasItsSizeFromTheStartThoughTheClientNeverTellsOne() throws Exception {
    assertThat(run(Way.SIZED_TERMINAL, it -> it, "stty size")).isEqualTo("31 97\n");
  }

  @ParameterizedTest
  @EnumSource
  void aWorkingDirectoryThatIsNotThereIsToldToTheClient(Way way) throws Exception {
    RemoteCommand.Result result =
        RemoteCommand.run(pod, request(way, it -> it.withWorkingDirectory("/nowhere"), "pwd"), "");
    assertThat(result.status())
        .isInstanceOfSatisfying(
            ExecStatus.Failed.class,
            failed -> assertThat(failed.message()).contains("/nowhere", "no such file"));
  }

  @Test
  void whatMakesNoSenseIsRefusedAtOnceWithItsValue() {
    assertRefused(it -> it.withUser("root"), "user 'root' is not uid or uid:gid");
    assertRefused(it -> it.withEnvironment(List.of("NAME")), "environment variable 'NAME' is not");
    assertRefused(it -> it.withWorkingDirectory("tmp"), "working directory 'tmp' is not an abs");
    assertRefused(it -> it.withDetachKeys("ctrl-ö"), "it has the key 'ctrl-ö'");
    assertRefused(it -> it.withDetachKeys("ctrl-p"), "detach keys need a terminal and stdin");
    assertRefused(it -> it.withSize(new WindowSize(80, 24)), "a terminal size needs a terminal");
  }

  private static void assertRefused(UnaryOperator<ExecSettings> settings, String reason) {
    assertThatExceptionOfType(MonitorException.class)
        .isThrownBy(
            () -> Replies.await(pod.monitor().serveExec(request(Way.PIPES, settings, "true"))))
        .withMessageContaining("serve exec in container " + container.id() + ": ")
        .withMessageContaining(reason);
  }

  /** The output with the line ends and the spacing of all ways alike. */
  private static String run(Way way, UnaryOperator<ExecSettings> settings, String script)
      throws Exception {
    RemoteCommand.Result result = RemoteCommand.run(pod, request(way, settings, script), "");
    assertThat(result.status()).isEqualTo(new ExecStatus.Exited(0));
    assertThat(result.stderr()).isEmpty();
    return result.stdout().replace("\r", "").replace('\t', ' ').replace(" \n", "\n");
  }

  private static ServeExecRequest request(
      Way way, UnaryOperator<ExecSettings> settings, String script) {
    List<String> words = List.of("sh", "-c", script);
    ServeExecRequest request =
        way == Way.PIPES
            ? ServeExecRequest.piped(container.id(), words)
            : ServeExecRequest.terminal(container.id(), words);
    ExecSettings all = settings.apply(ExecSettings.NONE);
    return request.with(way == Way.SIZED_TERMINAL ? all.withSize(new WindowSize(97, 31)) : all);
  }
}
