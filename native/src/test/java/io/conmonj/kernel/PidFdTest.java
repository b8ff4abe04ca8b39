package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PidFdTest {
  @Test
  void itBecomesReadableWhenTheProcessEnds() throws Exception {
    int pid = Spawn.program("/bin/sleep").arguments("1000").start().pid();
    try (PidFd handle = PidFd.open(pid)) {
      assertThat(handle.pid()).isEqualTo(pid);
      assertThat(Fcntl.isCloseOnExec(handle.fd())).isTrue();
      assertThat(Poll.isReadable(handle.fd())).isFalse();
      assertThat(handle.send(Signal.TERM)).isTrue();
      Poll.awaitReadable(handle.fd());
      assertThat(Children.tryReap(pid)).contains(new ExitStatus.Killed(Signal.TERM, false));
    }
  }

  @Test
  void aProcessThatIsGoneIsNotSignalled() throws Exception {
    int pid = Finished.shell("exit 0").start().pid();
    try (PidFd handle = PidFd.open(pid)) {
      Finished.reap(pid);
      assertThat(handle.send(Signal.TERM)).isFalse();
    }
    assertThatThrownBy(() -> PidFd.open(pid))
        .isInstanceOf(KernelException.class)
        .hasMessage("pidfd_open pid " + pid + ": ESRCH (No such process)");
  }

  @Test
  void closingLeavesNothingOpen() throws Exception {
    int self = ThisProcess.pid();
    OpenFds.assertNoneLeftBy(() -> PidFd.open(self).close());
  }
}
