package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChildrenTest {
  @Test
  void anExitCodeIsReported() throws Exception {
    ExitStatus status = Finished.run(Finished.shell("exit 3")).status();
    assertThat(status).isEqualTo(new ExitStatus.Exited(3));
    assertThat(status.toCode()).isEqualTo(3);
  }

  @Test
  void aSignalIsReportedAnd128IsAddedForTheCode() throws Exception {
    ExitStatus status = Finished.run(Finished.shell("kill -TERM $$")).status();
    assertThat(status).isEqualTo(new ExitStatus.Killed(Signal.TERM, false));
    assertThat(status.toCode()).isEqualTo(143);
  }

  @Test
  void aRunningChildIsNotReaped() throws Exception {
    int pid = Spawn.program("/bin/sleep").arguments(List.of("1000")).start().pid();
    assertThat(Children.tryReap(pid)).isEmpty();
    assertThat(Kill.process(pid, Signal.KILL)).isTrue();
    assertThat(Finished.reap(pid).toCode()).isEqualTo(137);
  }

  @Test
  void aChildCanBeReapedOnlyOnce() throws Exception {
    int pid = Finished.shell("exit 0").start().pid();
    Finished.reap(pid);
    assertThatThrownBy(() -> Children.tryReap(pid))
        .isInstanceOf(KernelException.class)
        .hasMessage("waitid pid " + pid + ": ECHILD (No child processes)");
  }

  @Test
  void aChildIsOursUntilItIsReapedAndNobodyElseIs() throws Exception {
    int pid = Finished.shell("exit 4").start().pid();
    assertThat(Children.has(pid)).isTrue();
    Eventually.await("the child ends", () -> Children.peek().isPresent());
    assertThat(Children.has(pid)).isTrue();
    assertThat(Finished.reap(pid).toCode()).isEqualTo(4);
    assertThat(Children.has(pid)).isFalse();
    assertThat(Children.has(ThisProcess.pid())).isFalse();
  }

  @Test
  void peekingFindsAnEndedChildAndLeavesItsStatus() throws Exception {
    int pid = Finished.shell("exit 9").start().pid();
    Eventually.await("the child ends", () -> Children.peek().isPresent());
    assertThat(Children.peek()).isEqualTo(OptionalInt.of(pid));
    assertThat(Finished.reap(pid).toCode()).isEqualTo(9);
    assertThat(Children.peek()).isEmpty();
  }
}
