package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.LoopThread;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command that is run to its end is killed when nobody waits for it any more. */
class ExecCancelTest extends WithContainers {
  private static final String CANCELLED = "run command: cancelled by its caller";

  private Container container;

  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
    container = fixture.sleeping();
  }

  @Test
  void aCommandThatRunsIsKilledWithItsGroup() throws Exception {
    ExecSyncRun run = begin("sleep 77777 & echo said; wait");
    // The shell has these words among its own, and is there before what it starts.
    while (processes().lines().noneMatch(line -> line.endsWith(" sleep 77777"))) {
      Thread.onSpinWait();
    }
    fixture.thread.run(run::cancel);
    assertThatThrownBy(() -> LoopThread.await(run.result())).hasMessage(CANCELLED);
    awaitNone("77777");
    assertThat(fixture.thread.call(() -> fixture.containers.execs().size())).isZero();
  }

  @Test
  void aCommandThatTheRuntimeIsAboutToStartIsKilledWhenItRuns() throws Exception {
    ExecSyncRun run =
        fixture.thread.call(
            () -> {
              ExecSyncRun begun =
                  container.execSync(
                      ContainersFixture.exec(false, false, "sleep", "77777"), Duration.ZERO);
              begun.cancel();
              return begun;
            });
    assertThatThrownBy(() -> LoopThread.await(run.result())).hasMessage(CANCELLED);
    awaitNone("77777");
  }

  @Test
  void whatACommandThatHasEndedLeftBehindIsKilled() throws Exception {
    ExecSyncRun run = begin("sh -c 'while :; do echo chatty; busybox usleep 50000; done' & exit 3");
    while (!processes().contains("chatty") || processes().contains("exit 3")) {
      Thread.onSpinWait();
    }
    assertThat(run.result()).isNotDone();
    fixture.thread.run(run::cancel);
    assertThatThrownBy(() -> LoopThread.await(run.result())).hasMessage(CANCELLED);
    awaitNone("chatty");
  }

  @Test
  void whatIsDoneIsNotCancelled() throws Exception {
    ExecSyncRun run = begin("echo done");
    ExecSyncResult result = LoopThread.await(run.result());
    fixture.thread.run(run::cancel);
    assertThat(ContainersFixture.stdout(result)).isEqualTo("done\n");
  }

  private ExecSyncRun begin(String script) throws Exception {
    return fixture.thread.call(
        () ->
            container.execSync(
                ContainersFixture.exec(false, false, "sh", "-c", script), Duration.ZERO));
  }

  private String processes() throws Exception {
    return ContainersFixture.stdout(fixture.execSync(container, "busybox", "ps"));
  }

  private void awaitNone(String words) throws Exception {
    while (processes().contains(words)) {
      Thread.onSpinWait();
    }
  }
}
