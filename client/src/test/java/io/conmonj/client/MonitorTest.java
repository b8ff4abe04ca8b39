package io.conmonj.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.model.AttachSettings;
import io.conmonj.client.model.CgroupManager;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.ExecSettings;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.model.LogConfig;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.VersionInfo;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.CommandEnd;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.peer.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class MonitorTest {
  private final ClientLoop loop = new ClientLoop();
  @TempDir private Path directory;
  private FakeMonitor fake;
  private Monitor monitor;

  @BeforeEach
  void join() throws Exception {
    fake = new FakeMonitor(directory);
    monitor = Monitor.join(loop, directory);
  }

  @AfterEach
  void close() {
    monitor.close();
    fake.close();
    loop.close();
  }

  @Test
  void knowsTheMonitorsProcess() {
    assertThat(monitor.processId()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void asksForTheVersion() throws IOException {
    assertThat(Replies.await(monitor.version(true)))
        .isEqualTo(
            new VersionInfo(
                ProcessHandle.current().pid(),
                "1.2.3",
                "none",
                "abc",
                "today",
                "x86_64",
                "compiler",
                "builder",
                "tree"));
    assertThat(Replies.await(monitor.version(false)).cargoTree()).isEmpty();
  }

  @Test
  void sendsEveryFieldOfAContainer() throws IOException {
    CreateContainerRequest request =
        CreateContainerRequest.builder("box", Path.of("/b"))
            .terminal(true)
            .stdin(true)
            .exitPaths(List.of(Path.of("/e1"), Path.of("/e2")))
            .oomExitPaths(List.of(Path.of("/oom")))
            .logDrivers(
                List.of(
                    new LogConfig.Cri(Path.of("/cri"), 5_000_000_000L),
                    new LogConfig.Json(Path.of("/json"), 0),
                    new LogConfig.Journald()))
            .cleanupCommand(List.of("rm", "-rf"))
            .globalArgs(List.of("--debug"))
            .commandArgs(List.of("--no-pivot"))
            .environment(Map.of("A", "b"))
            .cgroupManager(CgroupManager.SYSTEMD)
            .additionalFds(List.of(1L, 1L << 40))
            .leakFds(List.of(7L))
            .metadata(Map.of("traceparent", "x"))
            .build();
    assertThat(Replies.await(monitor.createContainer(request))).isEqualTo(4711);
    assertThat(fake.requests())
        .containsExactly(
            "create box bundle=/b terminal=true stdin=true exit=/e1 exit=/e2 oom=/oom"
                + " log=CONTAINER_RUNTIME_INTERFACE:/cri:5000000000 log=JSON:/json:0"
                + " log=JOURNALD::0 cleanup=rm cleanup=-rf global=--debug command=--no-pivot"
                + " env=A=b cgroups=SYSTEMD fd=1 fd=1099511627776 leak=7 metadata=traceparent");
  }

  @Test
  void whatIsNotSetIsOffOrEmpty() throws IOException {
    Replies.await(
        monitor.createContainer(CreateContainerRequest.builder("box", Path.of("/b")).build()));
    assertThat(fake.requests())
        .containsExactly("create box bundle=/b terminal=false stdin=false cgroups=CGROUPFS");
  }

  @Test
  void runsACommandToItsEnd() throws IOException {
    fake.exitCode(3);
    ExecSyncResult result =
        Replies.await(
            monitor.execSync(
                ExecSyncRequest.of("box", List.of("ls", "-l"), Duration.ofMillis(1200))));
    assertThat(fake.requests()).containsExactly("execSync box ls -l timeout=1200 terminal=false");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.timedOut()).isFalse();
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void asksForWhatOnlyOurInterfaceCanSay() throws IOException {
    ExecSettings settings =
        ExecSettings.NONE
            .withEnvironment(List.of("A=b", "C="))
            .withWorkingDirectory("/tmp")
            .withUser("7:8")
            .withAdditionalGroups(List.of(9, 10))
            .withSize(new WindowSize(65535, 24))
            .withDetachKeys("ctrl-p,ctrl-q");
    Replies.await(
        monitor.serveExec(ServeExecRequest.terminal("box", List.of("sh", "-l")).with(settings)));
    Replies.await(
        monitor.serveExec(
            ServeExecRequest.output("box", List.of("id")).with(settings.withUser("1"))));
    assertThat(fake.requests())
        .containsExactly(
            "serveExec box sh -l tty=true stdin=true stdout=true stderr=false env=A=b env=C="
                + " cwd=/tmp user=7:8 group=9 group=10 size=65535x24 detach=ctrl-p,ctrl-q",
            "serveExec box id tty=false stdin=false stdout=true stderr=true env=A=b env=C="
                + " cwd=/tmp user=1 group=9 group=10 size=65535x24 detach=ctrl-p,ctrl-q");
  }

  @Test
  void asksToAttachAsOnlyOurInterfaceCanSay() throws IOException {
    AttachSettings settings =
        AttachSettings.NONE.withReplay(4096).withStdinOnce().withDetachKeys("ctrl-p");
    Replies.await(monitor.serveAttach(ServeAttachRequest.interact("box").with(settings)));
    assertThat(fake.requests())
        .containsExactly(
            "serveAttach box stdin=true stdout=true stderr=true replay=4096 once=true"
                + " detach=ctrl-p");
  }

  @Test
  void resizesUpToTheLargestSize() throws IOException {
    Replies.await(monitor.setWindowSize("box", new WindowSize(65535, 40000)));
    assertThat(fake.requests()).containsExactly("resize box 65535x40000");
  }

  @Test
  void aFailureCarriesTheMonitorsText() {
    fake.failWith("child not available");
    assertThatThrownBy(() -> Replies.await(monitor.reopenLog("box")))
        .isInstanceOf(MonitorException.class)
        .hasMessage("reopen log of container box: child not available");
  }

  @Test
  void aFailedCallLeavesTheOthersAlone() throws Exception {
    CompletableFuture<Void> held = monitor.reopenLog("held");
    Eventually.await("the call is held", () -> fake.held() == 1);
    fake.failWith("no");
    assertThatThrownBy(() -> Replies.await(monitor.reopenLog("other")))
        .isInstanceOf(MonitorException.class);
    fake.answerHeldNewestFirst();
    Replies.await(held);
  }

  @Test
  void manyCallsAtOnceAreAnsweredInAnyOrder() throws Exception {
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(monitor.reopenLog("held" + i));
    }
    Eventually.await("all are held", () -> fake.held() == 100);
    assertThat(Replies.await(monitor.version(false)).version()).isEqualTo("1.2.3");
    fake.answerHeldNewestFirst();
    for (CompletableFuture<Void> call : calls) {
      Replies.await(call);
    }
  }

  @Test
  void cancellingACallTellsTheMonitor() {
    CompletableFuture<Void> call = monitor.reopenLog("held");
    Eventually.await("the call is held", () -> fake.held() == 1);
    call.cancel(false);
    Eventually.await("the monitor knows", () -> fake.cancelled().contains("held"));
  }

  @Test
  void aReplyThatDoesNotComeInTimeIsGivenUp() {
    CompletableFuture<Void> call = monitor.reopenLog("held");
    Eventually.await("the call is held", () -> fake.held() == 1);
    assertThatThrownBy(() -> Replies.await(call, Duration.ofMillis(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("no reply in 1 ms");
    Eventually.await("the monitor knows", () -> fake.cancelled().contains("held"));
  }

  @Test
  void aConnectionThatIsCutFailsWhatIsUnderWayAndWhatFollows() {
    CompletableFuture<Void> call = monitor.reopenLog("held");
    Eventually.await("the call is held", () -> fake.held() == 1);
    fake.cutConnections();
    assertThatThrownBy(() -> Replies.await(call))
        .isInstanceOf(MonitorGoneException.class)
        .hasMessageContaining(directory.toString());
    assertThatThrownBy(() -> Replies.await(monitor.version(false)))
        .isInstanceOf(MonitorGoneException.class);
  }

  @Test
  void closingFailsWhatIsUnderWayAndWhatFollows() {
    CompletableFuture<Void> call = monitor.reopenLog("held");
    monitor.close();
    monitor.close();
    assertThatThrownBy(() -> Replies.await(call)).isInstanceOf(MonitorGoneException.class);
    assertThatThrownBy(() -> Replies.await(monitor.version(false)))
        .isInstanceOf(MonitorGoneException.class);
  }

  @Test
  void aClosedLoopFailsCallsInsteadOfLeavingThemOpen() {
    loop.close();
    Eventually.await("the loop has ended", () -> loop.eventLoop().isTerminated());
    assertThatThrownBy(() -> Replies.await(monitor.version(false)))
        .isInstanceOf(MonitorGoneException.class);
  }

  @Test
  void joinsInADirectoryWithALongName() throws Exception {
    Path deep = directory.resolve("d".repeat(120)).resolve("e".repeat(120));
    try (FakeMonitor other = new FakeMonitor(deep);
        Monitor joined = Monitor.join(loop, deep)) {
      Replies.await(joined.reopenLog("far"));
      assertThat(other.requests()).containsExactly("reopenLog far");
    }
  }

  @Test
  void saysWhereNoMonitorIs() {
    Path empty = directory.resolve("nothing");
    assertThatThrownBy(() -> Monitor.join(loop, empty))
        .isInstanceOf(MonitorGoneException.class)
        .hasMessageContaining("no monitor at " + empty);
  }

  @Test
  void runsACommandOverItsUrl() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ScriptedServer server =
        ScriptedServer.webSocket(
            side -> {
              side.message(1, "hi");
              CommandEnd.exit(side, 9);
            })) {
      fake.execUrl(() -> server.url().toString());
      ContainerSession session =
          Replies.await(
              monitor.exec(
                  ServeExecRequest.piped("box", List.of("sh")),
                  StreamOptions.of(out, OutputStream.nullOutputStream())));
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(9));
    }
    assertThat(out).hasToString("hi");
    assertThat(fake.requests())
        .containsExactly("serveExec box sh tty=false stdin=true stdout=true stderr=true");
  }
}
