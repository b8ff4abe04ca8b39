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
import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.LoopThread;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  /** Of a runtime's beginning: whatever it may have made. */
  private static final long ANY_TIME = 0;

  @TempDir Path directory;
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

  private static String readAll(Fd fd) throws Exception {
    StringBuilder text = new StringBuilder();
    byte[] bytes = new byte[4096];
    for (int count = Io.read(fd, bytes); count > 0; count = Io.read(fd, bytes)) {
      text.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
    }
    return text.toString().strip();
  }

  private void awaitReaped(int pid) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (Kill.process(pid, 0)) {
      thread.run(processes::reapOrphans);
      assertThat(System.nanoTime()).as("process " + pid + " is not reaped").isLessThan(end);
    }
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
  void whatThereIsNoMemoryToNoteIsNotStarted() throws Exception {
    Allocations allocations = new Allocations();
    Path trace = directory.resolve("it-ran");
    Processes forgetful = thread.call(() -> new FaultyProcesses(thread.loop(), allocations));
    Spawn program = Spawn.program("touch").arguments(List.of(trace.toString()));
    allocations.failNth(1);
    assertThatThrownBy(() -> thread.call(() -> forgetful.start(program)))
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThat(program.pid()).isEqualTo(Spawn.NOT_STARTED);
    ChildProcess again = thread.call(() -> forgetful.start(program));
    assertThat(LoopThread.await(again.exited())).isEqualTo(new ExitStatus.Exited(0));
    assertThat(trace).exists();
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
    ChildProcess claimed = thread.call(() -> processes.claim(pid, ANY_TIME));
    thread.run(() -> processes.endLaunch(launch));
    assertThat(LoopThread.await(claimed.exited())).isEqualTo(new ExitStatus.Exited(7));
    thread.run(() -> claimed.signalGroup(Signal.KILL));
  }

  @Test
  void aThousandOrphansAreReapedWhileALaunchHangs() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    try (Pipe output = Pipe.open()) {
      ChildProcess parent =
          thread.call(
              () ->
                  processes.start(
                      Spawn.program("/bin/sh")
                          .arguments(
                              List.of(
                                  "-c",
                                  "i=0; while [ $i -lt 1000 ]; do : & echo $!; i=$((i + 1)); done"))
                          .descriptor(1, output.writeEnd())));
      output.writeEnd().close();
      LoopThread.await(parent.exited());
      for (String orphan : readAll(output.readEnd()).split("\n", -1)) {
        awaitReaped(Integer.parseInt(orphan));
      }
    }
    thread.run(() -> processes.endLaunch(launch));
  }

  @Test
  void oneThatIsOlderThanTheRuntimeIsNotClaimedAfterItsEndEither() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    int pid = orphan(7);
    awaitEnd(pid);
    thread.run(processes::reapOrphans);
    assertThatThrownBy(() -> thread.call(() -> processes.claim(pid, Long.MAX_VALUE)))
        .hasMessageContaining("was not made by the runtime");
    thread.run(() -> processes.endLaunch(launch));
  }

  @Test
  void oneThatNoLaunchClaimedIsForgottenAtTheLaunchsEndThoughNewerOnesGoOn() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    int pid = orphan(0);
    awaitEnd(pid);
    thread.run(processes::reapOrphans);
    assertThat(Kill.process(pid, 0)).isFalse();
    long newer = thread.call(() -> processes.beginLaunch());
    assertThat(thread.call(() -> processes.mayClaim(pid, ANY_TIME))).isTrue();
    thread.run(() -> processes.endLaunch(launch));
    assertThat(thread.call(() -> processes.mayClaim(pid, ANY_TIME))).isFalse();
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
