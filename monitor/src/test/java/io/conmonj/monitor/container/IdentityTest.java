package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.loop.LoopThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A process id or a container id may name somebody else's process or container. */
class IdentityTest extends WithContainers {
  /** Does with everything but a create what runc does. */
  private static final String ELSE_AS_RUNC = "*) exec " + RealRunc.PROGRAM + " \"$@\";; esac";

  private void withCreateThat(String does) throws Exception {
    RealRunc.assumeAvailable();
    fixture =
        ContainersFixture.withScript(
            directory,
            ContainerLimits.DEFAULT,
            "case \" $* \" in *' create '*) " + does + ";; " + ELSE_AS_RUNC);
  }

  private CompletableFuture<Container> begin(CreateContainer spec) throws Exception {
    return fixture.thread.call(() -> fixture.containers.create(spec));
  }

  private void stopMonitor() throws Exception {
    fixture.thread.await(() -> fixture.containers.shutdown(LoopThread.PATIENCE));
  }

  private static void awaitFile(Path file) {
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aPidFileThatNamesAStrangerFailsTheCreationAndTheStrangerLives() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 100000 & echo $!; wait").start();
    try (BufferedReader output = parent.inputReader()) {
      int stranger = Integer.parseInt(output.readLine());
      namesForeignProcess(stranger);
      ProcessHandle.of(stranger).orElseThrow().destroyForcibly();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void aPidFileThatNamesAChildFromBeforeFailsTheCreationAndTheChildLives() throws Exception {
    Process child = new ProcessBuilder("sleep", "100000").start();
    try {
      namesForeignProcess((int) child.pid());
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private void namesForeignProcess(int pid) throws Exception {
    withCreateThat("echo " + pid + " >\"$PID_FILE\"");
    CreateContainer spec = fixture.spec(false, false, "true");
    CreateContainer lied = withEnvironment(spec, "PID_FILE=" + spec.arguments().pidFile());
    assertThatThrownBy(() -> fixture.create(lied))
        .hasMessage("create: process " + pid + " was not made by the runtime");
    stopMonitor();
    assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
  }

  private static CreateContainer withEnvironment(CreateContainer spec, String variable) {
    return ContainerDraft.like(spec).environment(variable).create();
  }

  @Test
  void aPidFileThatNamesAContainerFailsAnotherCreationAndTheContainerLives() throws Exception {
    withCreateThat("exec " + RealRunc.PROGRAM + " \"$@\"");
    Container first = fixture.sleeping();
    Files.writeString(
        directory.resolve("fake-runtime"),
        "#!/bin/sh\ncase \" $* \" in *' create '*) echo "
            + first.pid()
            + " >\"$PID_FILE\";; "
            + ELSE_AS_RUNC);
    CreateContainer spec = fixture.spec(false, false, "true");
    CreateContainer lied = withEnvironment(spec, "PID_FILE=" + spec.arguments().pidFile());
    assertThatThrownBy(() -> fixture.create(lied)).hasMessageContaining("was not made");
    assertThat(statusOf(first.id())).contains("\"status\": \"running\"");
    assertThat(ContainersFixture.stdout(fixture.execSync(first, "echo", "lives")))
        .isEqualTo("lives\n");
  }

  private String statusOf(String id) throws Exception {
    return fixture.runc.run("state", id);
  }

  @Test
  void aContainerThatSomebodyElseHasUnderTheSameIdOutlivesACreateThatIsCutOff() throws Exception {
    Path begun = directory.resolve("begun");
    withCreateThat("touch " + begun + "; sleep 100000");
    CreateContainer theirs = fixture.spec(false, false, "sleep", "100000");
    String bundle = theirs.arguments().bundle();
    fixture.runc.detached("run", "--detach", "--bundle", bundle, theirs.id());
    CreateContainer ours = renamed(fixture.spec(false, false, "true"), theirs.id());

    CompletableFuture<Container> creation = begin(ours);
    awaitFile(begun);
    stopMonitor();
    assertThatThrownBy(() -> LoopThread.await(creation))
        .hasMessageContaining("the monitor is stopping");
    assertThat(statusOf(theirs.id())).contains("\"status\": \"running\"");
  }

  @Test
  void aContainerThatSomebodyElseHasOfTheSameBundleIsKeptThoughItHasEnded() throws Exception {
    Path begun = directory.resolve("begun");
    withCreateThat("touch " + begun + "; sleep 100000");
    CreateContainer theirs = fixture.spec(false, false, "true");
    String bundle = theirs.arguments().bundle();
    fixture.runc.detached("run", "--detach", "--bundle", bundle, theirs.id());
    while (!statusOf(theirs.id()).contains("\"status\": \"stopped\"")) {
      Thread.onSpinWait();
    }
    CompletableFuture<Container> creation = begin(theirs);
    awaitFile(begun);
    stopMonitor();
    assertThatThrownBy(() -> LoopThread.await(creation)).hasMessageContaining("stopping");
    assertThat(statusOf(theirs.id())).contains("\"status\": \"stopped\"");
  }

  private static CreateContainer renamed(CreateContainer spec, String id) {
    return ContainerDraft.of(id, spec.arguments().bundle()).create();
  }

  @Test
  void whatACreateHasMadeBeforeItWasCutOffIsRemovedAndItsIdIsFree() throws Exception {
    Path made = directory.resolve("made");
    withCreateThat(RealRunc.PROGRAM + " \"$@\"; touch " + made + "; sleep 100000");
    CreateContainer spec = fixture.spec(false, false, "sleep", "100000");
    CompletableFuture<Container> creation = begin(spec);
    awaitFile(made);
    stopMonitor();
    assertThatThrownBy(() -> LoopThread.await(creation)).hasMessageContaining("stopping");
    assertThatThrownBy(() -> statusOf(spec.id())).hasMessageContaining("does not exist");
  }

  @Test
  void whenTheRuntimeIsKilledAfterMakingTheContainerTheSameIdCanBeUsedAgain() throws Exception {
    Path killed = directory.resolve("killed");
    String runc = RealRunc.PROGRAM + " \"$@\"";
    withCreateThat(
        "[ -e %s ] || { touch %s; %s; kill -9 $$; }; exec %s"
            .formatted(killed, killed, runc, runc));
    CreateContainer spec = fixture.spec(false, false, "sleep", "100000");
    assertThatThrownBy(() -> fixture.create(spec)).hasMessageContaining("signal 9");
    Container again = fixture.create(spec);
    assertThat(statusOf(again.id())).contains("\"status\": \"created\"");
  }

  @Test
  void whenItsProcessIsKilledTooTheSameIdCanBeUsedAgain() throws Exception {
    Path killed = directory.resolve("killed");
    String runc = RealRunc.PROGRAM + " \"$@\"";
    withCreateThat(
        "[ -e %s ] || { touch %s; %s; kill -9 $(cat \"$PID_FILE\"); kill -9 $$; }; exec %s"
            .formatted(killed, killed, runc, runc));
    CreateContainer plain = fixture.spec(false, false, "sleep", "100000");
    CreateContainer spec = withEnvironment(plain, "PID_FILE=" + plain.arguments().pidFile());
    assertThatThrownBy(() -> fixture.create(spec)).hasMessageContaining("signal 9");
    Container again = fixture.create(spec);
    assertThat(statusOf(again.id())).contains("\"status\": \"created\"");
  }

  @Test
  void whenItIsKilledWhileWritingItsPidFileTheSameIdCanBeUsedAgain() throws Exception {
    Path killed = directory.resolve("killed");
    String runc = RealRunc.PROGRAM + " \"$@\"";
    withCreateThat(
        "[ -e %s ] || { touch %s \"$UNFINISHED\"; kill -9 $$; }; exec %s"
            .formatted(killed, killed, runc));
    CreateContainer plain = fixture.spec(false, false, "sleep", "100000");
    Path pidFile = Path.of(plain.arguments().pidFile());
    Path unfinished = pidFile.resolveSibling("." + pidFile.getFileName());
    CreateContainer spec = withEnvironment(plain, "UNFINISHED=" + unfinished);
    assertThatThrownBy(() -> fixture.create(spec)).hasMessageContaining("signal 9");
    assertThat(unfinished).doesNotExist();
    Container again = fixture.create(spec);
    assertThat(statusOf(again.id())).contains("\"status\": \"created\"");
  }

  @Test
  void theNetworkOfAContainerIsOpenToOthersWhileItRunsAndNotOnceItHasEnded() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
    CreateContainer spec = fixture.spec(false, true, "cat");
    Path go = fixture.path(spec.id(), "go");
    CreateContainer slowlyCleaned =
        ContainerDraft.like(spec)
            .cleanupCommand("/bin/sh", "-c", "while [ ! -e " + go + " ]; do sleep 0.05; done")
            .create();
    Container container = fixture.run(slowlyCleaned);
    try (Fd network = fixture.thread.call(container::openNetwork)) {
      assertThat(namespace(ThisProcess.pid() + "/fd/" + network.number()))
          .isEqualTo(namespace(container.pid() + "/ns/net"))
          .isNotEqualTo(namespace("self/ns/net"));
    }
    fixture.thread.run(() -> container.stdin().orElseThrow().close());
    awaitFile(fixture.path(spec.id(), "exit"));
    assertThatThrownBy(() -> fixture.thread.call(container::openNetwork))
        .isInstanceOf(ContainerEndedException.class)
        .hasMessage("container has ended with exit code 0");
    assertThatThrownBy(() -> fixture.thread.call(() -> fixture.containers.running(spec.id())))
        .isInstanceOf(ContainerEndedException.class);
    Files.createFile(go);
    assertThat(fixture.exit(container)).isZero();
  }

  private static Path namespace(String link) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + link));
  }
}
