package io.conmonj.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.MonitorException;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.pod.Runc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The monitor answers while a runtime makes trouble. The runtime is real runc behind a script that
 * makes the trouble for containers whose bundle asks for it.
 */
@Timeout(240)
@NeedsContainers
class StubbornRuntimeTest {
  private static final long SOON_SECONDS = 30;

  @TempDir Path directory;
  private BusyboxPod pod;
  private PodContainer bystander;

  @BeforeEach
  void startPod() throws IOException {
    pod = BusyboxPod.start(directory, troubleMaker());
    bystander = pod.container("sleep", "1000000").run();
  }

  @AfterEach
  void stopPod() throws IOException {
    pod.close();
  }

  @Test
  void aContainerThatCannotStartIsAnErrorInTheRuntimesWords() throws Exception {
    assertThatThrownBy(() -> troubled("fail").create())
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("no luck today");
    assertAnswers();
  }

  @Test
  void aMissingRootFilesystemOfATerminalContainerIsAnErrorInTheRuntimesWords() throws Exception {
    PodContainer container = pod.terminalContainer("sh");
    Files.move(container.root(), container.home().resolve("elsewhere"));
    assertThatThrownBy(container::create)
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("rootfs");
    assertAnswers();
  }

  @Test
  void aRuntimeThatNeverConnectsTheConsoleSocketIsAnError() throws Exception {
    assertThatThrownBy(() -> troubled("mute").create())
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("delivered no terminal");
    assertAnswers();
  }

  @Test
  void aRuntimeThatFailsAfterItDeliveredTheTerminalIsAnErrorInItsWords() throws Exception {
    assertThatThrownBy(() -> troubled("late").create())
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("failed in the end");
    assertAnswers();
  }

  @Test
  void ofTenMebibytesOfComplaintsTheEndIsTold() throws Exception {
    assertThatThrownBy(() -> troubled("wordy").create())
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("and that was all");
    assertAnswers();
  }

  @Test
  void aRuntimeThatSaysNotWhichProcessItStartedIsAnError() throws Exception {
    assertThatThrownBy(() -> troubled("forgetful").create())
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("pidfile");
    assertAnswers();
  }

  @Test
  void aContainerThatSomebodyElseDeletesWithItsCgroupHasItsExitTold() throws Exception {
    pod.runc().delete(bystander.id());
    Await.until("exit file", bystander::hasExited);
    assertThat(bystander.exitCode()).isEqualTo("137");
    assertAnswers();
  }

  @Test
  void aRuntimeThatHangsHoldsUpNobodyElse() throws Exception {
    PodContainer stuck = troubled("hang");
    CompletableFuture<Void> creation = inBackground(stuck);
    assertAnswers();
    assertThat(bystander.execSync("echo", "still here").stdout()).isEqualTo("still here\n");
    PodContainer another = pod.container("true").run();
    assertThat(another.id()).isNotEmpty();
    assertThat(creation).isNotDone();
    // It is the fault of the runtime, so ending the runtime ends the wait.
    Files.writeString(stuck.home().resolve("bundle/let-go"), "");
    assertThat(creation)
        .failsWithin(SOON_SECONDS, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("hung and gave up");
  }

  @Test
  void aContainerWhoseCallerIsGoneBeforeItIsMadeIsMadeAndItsExitTold() throws Exception {
    PodContainer slow = troubled("slow");
    CompletableFuture<Void> creation = inBackground(slow);
    Await.until("the runtime runs", () -> Files.exists(slow.home().resolve("bundle/waiting")));
    pod.reconnect();
    assertThat(creation).failsWithin(SOON_SECONDS, TimeUnit.SECONDS);
    Files.writeString(slow.home().resolve("bundle/let-go"), "");
    Await.until("the container is made", () -> pod.runc().list().contains(slow.id()));
    Await.until("the monitor knows it", () -> knows(slow));
    pod.runc().delete(slow.id());
    Await.until("exit file", slow::hasExited);
    assertThat(slow.exitCode()).isEqualTo("137");
  }

  private boolean knows(PodContainer container) {
    return pod.monitor().reopenLog(container.id()).handle((done, no) -> no == null).join();
  }

  @Test
  void orphansAreReapedWhileARuntimeHangs() throws Exception {
    int before = pod.process().children().size();
    PodContainer stuck = troubled("litter");
    CompletableFuture<Void> creation = inBackground(stuck);
    Await.until("orphans have ended", () -> Files.exists(stuck.home().resolve("bundle/littered")));
    int runtime = 1;
    Await.until("no zombie is left", () -> pod.process().children().size() <= before + runtime);
    assertThat(creation).isNotDone();
    Files.writeString(stuck.home().resolve("bundle/let-go"), "");
    assertThat(creation).failsWithin(SOON_SECONDS, TimeUnit.SECONDS);
    assertAnswers();
  }

  @Test
  void aRuntimeThatIsKilledIsAnErrorThatNamesTheSignal() throws Exception {
    assertThatThrownBy(() -> troubled("die").create())
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("signal");
    assertAnswers();
  }

  private PodContainer troubled(String trouble) throws IOException {
    PodContainer container = pod.terminalContainer("sh");
    Files.writeString(container.home().resolve("bundle/trouble"), trouble);
    return container;
  }

  private void assertAnswers() {
    assertThat(pod.monitor().version(false))
        .succeedsWithin(SOON_SECONDS, TimeUnit.SECONDS)
        .satisfies(version -> assertThat(version.processId()).isEqualTo(pod.monitor().processId()));
  }

  private static CompletableFuture<Void> inBackground(PodContainer container) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            container.create();
          } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        },
        Executors.newVirtualThreadPerTaskExecutor());
  }

  /** A runtime that reads what trouble to make from the file {@code trouble} in the bundle. */
  private Path troubleMaker() throws IOException {
    String script =
        """
        #!/bin/sh
        bundle=
        previous=
        for argument; do
          [ "$previous" = --bundle ] && bundle=$argument
          previous=$argument
        done
        trouble=
        [ -n "$bundle" ] && [ -e "$bundle/trouble" ] && trouble=$(cat "$bundle/trouble")
        case $trouble in
          fail) echo 'no luck today' >&2; exit 1 ;;
          die) kill -9 $$ ;;
          mute) exit 0 ;;
          slow)
            touch "$bundle/waiting"
            while [ ! -e "$bundle/let-go" ]; do sleep 0.1; done
            exec %1$s "$@" ;;
          late) %1$s "$@"; echo 'failed in the end' >&2; exit 1 ;;
          wordy) yes 'no good' | head -c 10485760 >&2; echo 'and that was all' >&2; exit 1 ;;
          forgetful) %1$s "$@"; rm "$bundle/pidfile"; exit 0 ;;
          litter | hang)
            if [ $trouble = litter ]; then
              # The subshell ends at once, and what it has begun falls to the monitor.
              i=0; while [ $i -lt 200 ]; do (: &); i=$((i + 1)); done
              touch "$bundle/littered"
            fi
            while [ ! -e "$bundle/let-go" ]; do sleep 0.1; done
            echo 'hung and gave up' >&2
            exit 1 ;;
          *) exec %1$s "$@" ;;
        esac
        """
            .formatted(Runc.find());
    return Files.setPosixFilePermissions(
        Files.writeString(directory.resolve("stubborn-runc"), script),
        PosixFilePermissions.fromString("rwx------"));
  }
}
