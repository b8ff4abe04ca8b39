package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.Follower;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process whose client has gone is given time, and no more. */
class ExecGraceTest extends WithContainers {
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
      assertThat(ContainersFixture.stdout(fixture.execSync(container, "busybox", "ps")))
          .doesNotContain("trap")
          .containsOnlyOnce("sleep 100000");
    }
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
