package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.Follower;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process whose client has gone is given time, and no more. */
class ExecGraceTest extends WithContainers {
  /** In the container's process, and in what is run in it. */
  private static final String SLEEP = "sleep 100000";

  private static final int KILLED = 128 + 9;

  private Container container;

  @BeforeEach
  void start() throws Exception {
    fixture =
        ContainersFixture.withRunc(
            directory, ContainerLimits.DEFAULT.withExecGrace(Duration.ofMillis(300)));
    container = fixture.sleeping();
  }

  @Test
  void aProcessThatIgnoresTheHangUpIsKilledWithItsGroupAtTheEnd() throws Exception {
    for (boolean terminal : new boolean[] {true, false}) {
      ExecProcess process = running(terminal, "trap '' HUP; sleep 100000 & echo ready; wait");
      fixture.thread.run(process::hangUp);
      assertThat(fixture.thread.await(process::finished)).isEqualTo(KILLED);
      awaitContainerAlone();
    }
  }

  /** What is killed with its group need not have ended when the first of it has. */
  private void awaitContainerAlone() throws Exception {
    long start = System.nanoTime();
    String processes;
    do {
      processes = ContainersFixture.stdout(fixture.execSync(container, "busybox", "ps"));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(processes)
          .isLessThan(LoopThread.PATIENCE);
    } while (processes.contains("trap")
        || processes.indexOf(SLEEP) != processes.lastIndexOf(SLEEP));
    assertThat(processes).contains(SLEEP);
  }

  @Test
  void aProcessWhoseClientStaysIsGivenAllTheTimeItTakes() throws Exception {
    ExecProcess gone = running(false, "trap '' HUP; echo ready; sleep 100000");
    ExecProcess stays = running(false, "echo ready; sleep 100000");
    fixture.thread.run(gone::hangUp);
    assertThat(fixture.thread.await(gone::finished)).isEqualTo(KILLED);
    assertThat(stays.exited()).isNotDone();
    fixture.thread.run(stays::kill);
    assertThat(fixture.thread.await(stays::finished)).isEqualTo(KILLED);
  }

  private ExecProcess running(boolean terminal, String script) throws Exception {
    Follower output = new Follower();
    ExecSpec spec = ContainersFixture.exec(terminal, true, "sh", "-c", script);
    ExecProcess process = fixture.thread.await(() -> container.exec(spec).started());
    fixture.thread.run(() -> process.deliver(output, output));
    output.awaitText(terminal ? "ready\r\n" : "ready\n");
    return process;
  }
}
