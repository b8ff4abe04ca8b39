package io.conmonj.monitor.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.holder.Started;
import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.LoopThread;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  /** Of a runtime's beginning: whatever it may have made. */
  private static final long ANY_TIME = 0;

  /** As many as the holder reaps for launches in progress and keeps; with some room left. */
  private static final int MOST_ORPHANS_KEPT = 700;

  @TempDir Path directory;
  private LoopThread thread;
  private HeldChildren held;
  private Processes processes;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    held = HeldChildren.start(thread);
    processes = held.processes();
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
    held.close();
  }

  private ChildProcess shell(String script) throws Exception {
    return thread.call(
        () ->
            processes.start(
                SpawnCommand.program("/bin/sh").arguments(List.of("-c", script)).ownProcessGroup(),
                ProcessKind.HELPER));
  }

  /** Has a shell leave a child behind, which ends with the given code once it has fallen to us. */
  private int orphan(int code) throws Exception {
    try (Pipe output = Pipe.open();
        Pipe lifeline = Pipe.open()) {
      ChildProcess parent =
          thread.call(
              () ->
                  processes.start(
                      SpawnCommand.program("/bin/sh")
                          .arguments(List.of("-c", "(read x <&3; exit " + code + ") & echo $!"))
                          .descriptor(1, output.writeEnd())
                          .descriptor(3, lifeline.readEnd()),
                      ProcessKind.RUNTIME));
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

  /** Waits until the process has ended and was reaped. */
  private static void awaitReaped(int pid) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (Kill.process(pid, 0)) {
      assertThat(System.nanoTime()).as("process " + pid + " is not reaped").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private List<HeldProcess> listed() throws Exception {
    return thread.call(held.holder().link()::list);
  }

  private void awaitNoneListed() throws Exception {
    awaitListed();
  }

  /** Waits until the holder has forgotten all but these. */
  private void awaitListed(Integer... pids) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!listed().stream().map(HeldProcess::pid).toList().equals(List.of(pids))) {
      assertThat(System.nanoTime()).as("forgotten in time").isLessThan(end);
    }
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
    thread.close();
    held.close();
    thread = LoopThread.start();
    held = HeldChildren.start(thread, (loop, link) -> new FaultyProcesses(loop, link, allocations));
    Processes forgetful = held.processes();
    SpawnCommand program = SpawnCommand.program("touch").arguments(List.of(trace.toString()));
    allocations.failNth(1);
    assertThatThrownBy(() -> thread.call(() -> forgetful.start(program, ProcessKind.HELPER)))
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(held.children()).isEmpty();
    assertThat(listed()).isEmpty();
    ChildProcess again = thread.call(() -> forgetful.start(program, ProcessKind.HELPER));
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
                      SpawnCommand.program("/bin/sh")
                          .arguments(List.of("-c", "sleep 100000 & echo $!; wait"))
                          .descriptor(1, pipe.writeEnd())
                          .ownProcessGroup(),
                      ProcessKind.HELPER));
      int grandchild = Integer.parseInt(readLine(pipe.readEnd()));
      thread.run(() -> parent.signalGroup(Signal.KILL));
      LoopThread.await(parent.exited());
      awaitReaped(grandchild);
    }
  }

  @Test
  void anOrphanIsReaped() throws Exception {
    int pid = orphan(0);
    awaitReaped(pid);
  }

  @Test
  void aChildThatALaunchMayStillClaimIsNotTakenForAnOrphan() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    int pid = orphan(7);
    awaitReaped(pid);
    ChildProcess claimed = thread.call(() -> processes.claim(pid, ANY_TIME, ProcessKind.CONTAINER));
    thread.run(() -> processes.endLaunch(launch));
    assertThat(LoopThread.await(claimed.exited())).isEqualTo(new ExitStatus.Exited(7));
    thread.run(() -> claimed.signalGroup(Signal.KILL));
  }

  @Test
  void hundredsOfOrphansAreReapedWhileALaunchHangsAndAllAtItsEnd() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    List<String> orphans = orphans(MOST_ORPHANS_KEPT);
    for (String orphan : orphans) {
      awaitReaped(Integer.parseInt(orphan));
    }
    // Now there is room for no more, and they wait until the launch can claim none of them.
    List<String> more = orphans(300);
    thread.run(() -> processes.endLaunch(launch));
    for (String orphan : more) {
      awaitReaped(Integer.parseInt(orphan));
    }
  }

  /** Has a shell leave children behind that end at once. */
  private List<String> orphans(int count) throws Exception {
    try (Pipe output = Pipe.open()) {
      ChildProcess parent =
          thread.call(
              () ->
                  processes.start(
                      SpawnCommand.program("/bin/sh")
                          .arguments(
                              List.of(
                                  "-c",
                                  "i=0; while [ $i -lt "
                                      + count
                                      + " ]; do : & echo $!; i=$((i + 1)); done"))
                          .descriptor(1, output.writeEnd()),
                      ProcessKind.HELPER));
      output.writeEnd().close();
      LoopThread.await(parent.exited());
      return List.of(readAll(output.readEnd()).split("\n", -1));
    }
  }

  @Test
  void oneThatIsOlderThanTheRuntimeIsNotClaimedAfterItsEndEither() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    int pid = orphan(7);
    awaitReaped(pid);
    assertThatThrownBy(
            () -> thread.call(() -> processes.claim(pid, Long.MAX_VALUE, ProcessKind.CONTAINER)))
        .hasMessageContaining("was not made by the runtime");
    thread.run(() -> processes.endLaunch(launch));
  }

  @Test
  void oneThatNoLaunchClaimedIsForgottenAtTheLaunchsEndThoughNewerOnesGoOn() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    int claimed = orphan(0);
    int left = orphan(0);
    awaitReaped(claimed);
    awaitReaped(left);
    long newer = thread.call(() -> processes.beginLaunch());
    assertThat(thread.call(() -> processes.isMadeBy(claimed, ANY_TIME))).isTrue();
    thread.run(() -> processes.endLaunch(launch));
    thread.run(() -> {}); // the holder is told in a turn of its own
    assertThat(thread.call(() -> processes.isMadeBy(left, ANY_TIME))).isFalse();
    thread.run(() -> processes.endLaunch(newer));
  }

  @Test
  void aKnownChildIsClaimedByNobodyElse() throws Exception {
    long launch = thread.call(() -> processes.beginLaunch());
    ChildProcess known = shell("exec sleep 100000");
    assertThatThrownBy(
            () -> thread.call(() -> processes.claim(known.pid(), ANY_TIME, ProcessKind.CONTAINER)))
        .hasMessageContaining("was not made by the runtime");
    assertThat(thread.call(() -> processes.isMadeBy(known.pid(), ANY_TIME))).isFalse();
    thread.run(() -> known.signal(Signal.TERM));
    assertThat(LoopThread.await(known.exited())).isEqualTo(new ExitStatus.Killed(15, false));
    assertThat(thread.call(() -> processes.isMadeBy(known.pid(), ANY_TIME))).isFalse();
    thread.run(() -> processes.endLaunch(launch));
  }

  @Test
  void whatHasEndedIsForgottenByTheHolderOnceItsEndIsTold() throws Exception {
    assertThat(LoopThread.await(shell("exit 3").exited())).isEqualTo(new ExitStatus.Exited(3));
    awaitNoneListed();
  }

  @Test
  void aWorkerThatDiesBeforeAnEndIsRecordedLeavesItToTheNext() throws Exception {
    ChildProcess container =
        thread.call(
            () -> {
              ChildProcess started =
                  processes.start(
                      SpawnCommand.program("/bin/sh").arguments(List.of("-c", "exit 5")),
                      ProcessKind.CONTAINER);
              started.keepUntilRecorded();
              return started;
            });
    ChildProcess alive = shell("exec sleep 100000");
    LoopThread.await(container.exited());
    assertThat(listed()).hasSize(2);
    List<ChildProcess> recovered = new ArrayList<>();
    held.killWorker(
        () -> {
          recovered.add(held.processes().recover(container.pid(), container.start()));
          recovered.add(held.processes().recover(alive.pid(), alive.start()));
          recovered.forEach(ChildProcess::keepUntilRecorded);
        });
    assertThat(LoopThread.await(recovered.get(0).exited())).isEqualTo(new ExitStatus.Exited(5));
    thread.run(() -> recovered.get(1).signal(Signal.KILL));
    assertThat(LoopThread.await(recovered.get(1).exited()).toCode()).isEqualTo(137);
    assertThat(listed()).hasSize(2);
    thread.run(() -> recovered.forEach(ChildProcess::recorded));
    awaitNoneListed();
  }

  @Test
  void whatWasStartedUnderATagIsFoundByItAndWhatWasNotIsNot() throws Exception {
    long[] tags =
        thread.call(
            () ->
                new long[] {
                  processes.newTag(ProcessKind.CLEANUP), processes.newTag(ProcessKind.CLEANUP)
                });
    ChildProcess started =
        thread.call(
            () ->
                processes.start(
                    SpawnCommand.program("sleep").arguments(List.of("100000")), tags[0]));
    List<ChildProcess> found = new ArrayList<>();
    held.killWorker(
        () -> {
          held.processes().recover(tags[0]).ifPresent(found::add);
          held.processes().recover(tags[1]).ifPresent(found::add);
        });
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().pid()).isEqualTo(started.pid());
    assertThat(found.getFirst().start()).isEqualTo(started.start());
    thread.run(() -> found.getFirst().signal(Signal.KILL));
    assertThat(LoopThread.await(found.getFirst().exited()).toCode()).isEqualTo(137);
    awaitNoneListed();
  }

  @Test
  void whatAWorkerWasDoingEndsWithItAndWhatIsToOutliveItDoesNot() throws Exception {
    Map<ProcessKind, ChildProcess> all = new EnumMap<>(ProcessKind.class);
    for (ProcessKind kind : ProcessKind.values()) {
      all.put(
          kind,
          thread.call(
              () ->
                  processes.start(
                      SpawnCommand.program("sleep").arguments(List.of("100000")).ownProcessGroup(),
                      kind)));
    }
    List<CompletableFuture<Void>> over = new ArrayList<>();
    held.killWorker(() -> over.add(held.processes().endOthers()));
    LoopThread.await(over.getFirst());
    for (ProcessKind kind : List.of(ProcessKind.RUNTIME, ProcessKind.EXEC, ProcessKind.HELPER)) {
      awaitReaped(all.get(kind).pid());
    }
    for (ProcessKind kind :
        List.of(ProcessKind.CONTAINER, ProcessKind.CLEANUP, ProcessKind.PAUSE)) {
      assertThat(Kill.process(all.get(kind).pid(), Signal.KILL)).isTrue();
    }
    awaitNoneListed();
  }

  @Test
  void whatWasStartedWithoutMemoryToNoteItIsKilled() throws Exception {
    ChildProcess known = shell("exec sleep 100000");
    HolderLink link = held.holder().link();
    ProcessTags tags = new ProcessTags(link.welcome().starts());
    Started stray =
        thread.call(
            () ->
                link.spawn(
                    SpawnCommand.program("sleep").arguments(List.of("100000")),
                    tags.next(ProcessKind.RUNTIME)));
    KnownChildren all = new KnownChildren();
    all.add(known);
    thread.run(
        () ->
            new HolderDuties(thread.loop(), link, tags, all, new LaunchNumbers())
                .killingStrays.due());
    awaitReaped(stray.pid());
    awaitListed(known.pid());
  }

  @Test
  void aProcessThatIsNotOursHasNoStatus() throws Exception {
    ChildProcess foreign = thread.call(() -> processes.recover(Integer.MAX_VALUE, 1));
    assertThatThrownBy(() -> LoopThread.await(foreign.exited()))
        .hasMessageContaining("its status is lost");
    thread.run(() -> foreign.signalGroup(Signal.KILL));
  }
}
