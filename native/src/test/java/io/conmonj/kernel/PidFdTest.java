package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
  void anotherHandleTakesItOver() throws Exception {
    int pid = Spawn.program("/bin/sleep").arguments(List.of("1000")).start().pid();
    PidFd opened = PidFd.open(pid);
    try (PidFd handle = PidFd.adopt(pid, opened.fd())) {
      assertThat(handle.signal(Signal.TERM)).isTrue();
      assertThat(Poll.readable(handle.fd(), 30_000)).isTrue();
      assertThat(Children.tryReap(pid)).contains(new ExitStatus.Killed(Signal.TERM, false));
      assertThat(handle.signal(Signal.TERM)).isFalse();
    }
  }

  @Test
  void howItEndedIsToldOnceItIsReapedWhereTheKernelKnows() throws Exception {
    assumeTrue(kernelTells(), "needs Linux 6.15");
    int pid = Finished.shell("exit 7").start().pid();
    try (PidFd handle = PidFd.open(pid)) {
      assertThat(handle.exitStatus()).isEmpty();
      Finished.reap(pid);
      assertThat(handle.exitStatus()).contains(new ExitStatus.Exited(7));
    }
    int killed = Spawn.program("/bin/sleep").arguments(List.of("1000")).start().pid();
    try (PidFd handle = PidFd.open(killed)) {
      assertThat(handle.exitStatus()).isEmpty();
      Kill.process(killed, Signal.KILL);
      Finished.reap(killed);
      assertThat(handle.exitStatus()).contains(new ExitStatus.Killed(Signal.KILL, false));
    }
  }

  @Test
  void whereTheKernelDoesNotKnowNothingIsTold() throws Exception {
    try (Pipe pipe = Pipe.open();
        PidFd none = PidFd.adopt(2, pipe.readEnd())) {
      assertThat(none.exitStatus()).isEmpty();
    }
  }

  private static boolean kernelTells() {
    String[] release = System.getProperty("os.version").split("[.-]", 3);
    int major = Integer.parseInt(release[0]);
    return major > 6 || (major == 6 && Integer.parseInt(release[1]) >= 15);
  }

  @Test
  void closingLeavesNothingOpen() throws Exception {
    int self = ThisProcess.pid();
    OpenFds.assertNoneLeftBy(() -> PidFd.open(self).close());
  }
}
