package io.conmonj.monitor.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Children;
import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.Spawn;
import io.conmonj.kernel.Subreaper;
import io.conmonj.monitor.loop.LoopThread;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  private LoopThread thread;
  private Processes processes;

  @BeforeEach
  void start() throws Exception {
    Subreaper.set(true);
    thread = LoopThread.start();
    processes = new Processes(thread.loop(), OptionalInt.empty());
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
  }

  private ChildProcess shell(String script) throws Exception {
    return thread.call(
        () ->
            processes.start(
                Spawn.program("/bin/sh").arguments(List.of("-c", script)).ownProcessGroup()));
  }

  /** Has a shell leave a child behind, which ends with the given code once it has fallen to us. */
  private int orphan(int code) throws Exception {
    try (Pipe output = Pipe.open();
        Pipe lifeline = Pipe.open()) {
      ChildProcess parent =
          thread.call(
              () ->
                  processes.start(
                      Spawn.program("/bin/sh")
                          .arguments(List.of("-c", "(read x <&3; exit " + code + ") & echo $!"))
                          .descriptor(1, output.writeEnd())
                          .descriptor(3, lifeline.readEnd())));
      LoopThread.await(parent.exited());
      return Integer.parseInt(readLine(output.readEnd()));
    }
  }

  private static String readLine(Fd fd) throws Exception {
    byte[] bytes = new byte[32];
    int count = Io.read(fd, bytes);
    return new String(bytes, 0, count, StandardCharsets.UTF_8).strip();
  }

  /** Waits until the process has ended and waits to be reaped. */
  private static void awaitEnd(int pid) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!(Children.peek().isPresent() && isZombie(pid))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("process " + pid + " did not end");
      }
      Thread.onSpinWait();
    }
  }

  private static boolean isZombie(int pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
  }

  @Test
  void eachChildsEndIsSeenWithItsOwnStatus() throws Exception {
    ChildProcess three = shell("exit 3");
    ChildProcess four = shell("exit 4");
    ChildProcess killed = shell("kill -9 $$");
    assertThat(LoopThread.await(four.exited())).isEqualTo(new ExitStatus.Exited(4));
    assertThat(LoopThread.await(three.exited())).isEqualTo(new ExitStatus.Exited(3));
    assertThat(LoopThread.await(killed.exited()).toCode()).isEqualTo(137);
  }

  @Test
  void aSignalToTheGroupReachesItsChildrenToo() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      ChildProcess parent =
          thread.call(
              () ->
                  processes.start(
                      Spawn.program("/bin/sh")
                          .arguments(List.of("-c", "sleep 100000 & echo $!; wait"))
                          .descriptor(1, pipe.writeEnd())
                          .ownProcessGroup()));
      int grandchild = Integer.parseInt(readLine(pipe.readEnd()));
      thread.run(() -> parent.signalGroup(Signal.KILL));
      LoopThread.await(parent.exited());
      awaitEnd(grandchild);
      thread.run(processes::reapOrphans);
      assertThat(Kill.process(grandchild, 0)).isFalse();
    }
  }

  @Test
  void anOrphanIsReaped() throws Exception {
    int pid = orphan(0);
    awaitEnd(pid);
    thread.run(processes::reapOrphans);
    assertThat(Kill.process(pid, 0)).isFalse();
  }

  @Test
  void aChildThatALaunchMayStillClaimIsNotTakenForAnOrphan() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    int pid = orphan(7);
    awaitEnd(pid);
    thread.run(processes::reapOrphans);
    ChildProcess claimed = thread.call(() -> processes.adopt(pid));
    thread.run(() -> processes.endLaunch(launch));
    assertThat(LoopThread.await(claimed.exited())).isEqualTo(new ExitStatus.Exited(7));
  }

  @Test
  void oneThatNoLaunchClaimedIsReapedAtTheLaunchsEndThoughNewerOnesGoOn() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    int pid = orphan(0);
    awaitEnd(pid);
    thread.run(processes::reapOrphans);
    assertThat(isZombie(pid)).isTrue();
    long newer = thread.call(() -> processes.beginLaunch());
    thread.run(() -> processes.endLaunch(launch));
    assertThat(Kill.process(pid, 0)).isFalse();
    thread.run(() -> processes.endLaunch(newer));
  }

  @Test
  void reapingOrphansTakesNoKnownChildsStatus() throws Exception {
    ChildProcess known = shell("exit 9");
    for (int i = 0; i < 1000 && !known.exited().isDone(); i++) {
      thread.run(processes::reapOrphans);
    }
    assertThat(LoopThread.await(known.exited())).isEqualTo(new ExitStatus.Exited(9));
  }

  @Test
  void aProcessThatIsNotOursHasNoStatus() throws Exception {
    ChildProcess foreign = thread.call(() -> processes.adopt(Integer.MAX_VALUE));
    assertThatThrownBy(() -> LoopThread.await(foreign.exited())).hasMessageContaining("ECHILD");
    thread.run(() -> foreign.signalGroup(Signal.KILL));
  }
}
