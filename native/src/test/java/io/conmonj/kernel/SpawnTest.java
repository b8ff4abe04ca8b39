package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpawnTest {
  @Test
  void argumentsReachTheProgramAsTheyAre() throws Exception {
    Finished printf =
        Finished.run(
            Spawn.program("/usr/bin/printf").arguments(List.of("<%s>", "a b", "", "ü\n$HOME")));
    assertThat(printf.output()).isEqualTo("<a b><><ü\n$HOME>");
    assertThat(printf.status()).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void aNameWithoutSlashIsLookedForInThePath() throws Exception {
    assertThat(Finished.run(Spawn.program("echo").arguments(List.of("x"))).output())
        .isEqualTo("x\n");
  }

  @Test
  void aProgramThatDoesNotExistIsAnErrorAndLeavesNoChild() throws Exception {
    assertThatThrownBy(() -> Spawn.program("/no/such").start())
        .isInstanceOf(KernelException.class)
        .hasMessage("posix_spawn /no/such: ENOENT (No such file or directory)");
    assertThat(Children.peek()).isEmpty();
  }

  @Test
  void aFileThatIsNoProgramIsAnError() {
    assertThatThrownBy(() -> Spawn.program("/etc/passwd").start())
        .hasMessageContaining("posix_spawn /etc/passwd: EACCES");
  }

  @Test
  void variablesOverrideOwnOnes() throws Exception {
    Finished env =
        Finished.run(Spawn.program("/usr/bin/env").environment(List.of("PATH=/x", "NEW=a=b")));
    assertThat(env.output().lines()).contains("PATH=/x", "NEW=a=b");
    assertThat(env.output().lines().filter(line -> line.startsWith("PATH="))).hasSize(1);
    assertThat(env.output().lines().count()).isGreaterThan(2);
  }

  @Test
  void standardInputIsTheGivenDescriptor() throws Exception {
    try (Pipe in = Pipe.open()) {
      Io.write(in.writeEnd(), "through".getBytes(StandardCharsets.UTF_8));
      in.writeEnd().close();
      Spawn cat = Spawn.program("/bin/cat").descriptor(0, in.readEnd());
      assertThat(Finished.run(cat).output()).isEqualTo("through");
    }
  }

  @Test
  void theChildLeadsItsOwnProcessGroup() throws Exception {
    assertThat(Finished.run(statOfItself().ownProcessGroup()).output())
        .isEqualTo("in session, leads group");
  }

  @Test
  void theChildStaysInOurSessionAndGroupUnlessAsked() throws Exception {
    assertThat(Finished.run(statOfItself()).output()).isEqualTo("in session, in group");
  }

  /** Fields 5 and 6 of proc_pid_stat(5) are process group and session. */
  private static Spawn statOfItself() {
    return Finished.shell(
        """
        read pid name state parent group session rest < /proc/self/stat
        [ $session = $$ ] && printf 'leads session, ' || printf 'in session, '
        [ $group = $$ ] && printf 'leads group' || printf 'in group'
        """);
  }

  @Test
  void allSignalsAreUnblockedAndHaveTheirDefaultAction() throws Exception {
    // in a thread of its own, since its mask stays
    String status =
        OwnThread.call(
            () -> {
              SignalMask.block(Signal.TERM, Signal.CHLD);
              return Finished.run(Spawn.program("/bin/cat").arguments(List.of("/proc/self/status")))
                  .output();
            });
    assertThat(status.lines()).contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000");
  }

  @Test
  void startingLeavesNoDescriptorOpen() throws Exception {
    OpenFds.assertNoneLeftBy(() -> Finished.run(Finished.shell("exit 0")));
    OpenFds.assertNoneLeftBy(
        () ->
            assertThatThrownBy(() -> Spawn.program("/no/such").start())
                .isInstanceOf(KernelException.class));
  }
}
