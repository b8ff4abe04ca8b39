package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SleepCommandTest extends CommandFixture {
  @Test
  void returnsWhenTheWorkerHasEnded() {
    assertThat(tool.run("sleep")).isZero();
    assertThat(tool.out()).isEmpty();
  }

  @Test
  void whatKeepsItAwakeIsTold() {
    fake.failWith("it stays awake: a streaming client is connected");
    assertThat(tool.run("sleep")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err())
        .isEqualTo(
            "error: have the monitor sleep: it stays awake: a streaming client is connected\n");
  }

  @Test
  void itIsAnErrorIfItDoesNotSleepInTime() {
    fake.worker(ProcessHandle.current().pid());
    assertThat(tool.run("sleep", "--timeout", "0")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err())
        .isEqualTo(
            "error: have the monitor sleep: after 0 s it is still awake, because something has"
                + " come meanwhile\n");
  }
}
