package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KillTest {
  @Test
  void aWholeGroupIsSignalled() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      int leader =
          Finished.shell("sleep 1000 & echo $!; wait")
              .descriptor(1, pipe.writeEnd())
              .ownProcessGroup()
              .start()
              .pid();
      pipe.writeEnd().close();
      byte[] member = new byte[16];
      assertThat(Io.read(pipe.readEnd(), member)).isPositive();
      assertThat(Kill.group(leader, Signal.KILL)).isTrue();
      assertThat(Finished.reap(leader).toCode()).isEqualTo(137);
      // The member held the pipe as well: its end is the proof that it was killed too.
      assertThat(Finished.readAll(pipe.readEnd())).isEmpty();
    }
  }

  @Test
  void aProcessThatIsGoneIsNoError() throws Exception {
    int pid = Finished.shell("exit 0").start().pid();
    Finished.reap(pid);
    assertThat(Kill.process(pid, Signal.TERM)).isFalse();
    assertThat(Kill.group(pid, Signal.TERM)).isFalse();
  }

  @Test
  void numbersThatMeanEverybodyAreRefused() {
    for (int number : new int[] {1, 0, -1, -5}) {
      assertThatThrownBy(() -> Kill.process(number, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Kill.group(number, 0)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
