package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PidFdTest {
  @Test
  void itBecomesReadableWhenTheProcessEnds() throws Exception {
    int pid = Spawn.program("/bin/sleep").arguments(List.of("1000")).start().pid();
    try (PidFd handle = PidFd.open(pid)) {
      assertThat(handle).hasToString("pidfd of " + pid);
      assertThat(Fcntl.isCloseOnExec(handle.fd())).isTrue();
      assertThat(ReadableFd.isNow(handle.fd())).isFalse();
      assertThat(Kill.process(pid, Signal.TERM)).isTrue();
      ReadableFd.await(handle.fd());
      assertThat(Children.tryReap(pid)).contains(new ExitStatus.Killed(Signal.TERM, false));
    }
  }

  @Test
  void aProcessThatIsGoneHasNone() throws Exception {
    int pid = Finished.shell("exit 0").start().pid();
    Finished.reap(pid);
    assertThatThrownBy(() -> PidFd.open(pid))
        .isInstanceOf(KernelException.class)
        .hasMessage("pidfd_open pid " + pid + ": ESRCH (No such process)");
  }

  @Test
  void itsNumberIsItsOwnUntilItIsReaped() throws Exception {
    int pid = Spawn.program("/bin/sleep").arguments(List.of("1000")).start().pid();
    try (PidFd handle = PidFd.open(pid)) {
      assertThat(handle.hasNumber()).isTrue();
      Kill.process(pid, Signal.KILL);
      assertThat(Poll.readable(handle.fd(), 30_000)).isTrue();
      assertThat(handle.hasNumber()).isTrue();
      assertThat(Children.tryReap(pid)).isPresent();
      assertThat(handle.hasNumber()).isFalse();
    }
  }

  @Test
  void closingLeavesNothingOpen() throws Exception {
    int self = ThisProcess.pid();
    OpenFds.assertNoneLeftBy(() -> PidFd.open(self).close());
  }
}
