package io.conmonj.monitor.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.stdio.UncountedMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuntimeTurnsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  private LoopThread thread;
  private HeldChildren held;
  private ReadBuffer buffer;
  private OciRuntime runtime;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    held = HeldChildren.start(thread);
    buffer = UncountedMemory.buffer();
    runtime = runtime("/bin/true");
  }

  private OciRuntime runtime(String program) {
    return new OciRuntime(
        thread.loop(),
        held.processes(),
        buffer,
        new RuntimeConfig(program, Optional.empty(), "info"));
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(buffer::close);
    thread.close();
    held.close();
  }

  private RuntimeTurn turn(RuntimeUse use, String container, Duration longest) throws Exception {
    return thread.call(() -> runtime.turn(use, container, longest));
  }

  /** As many turns as are asked for, each for another container. */
  private List<RuntimeTurn> turns(RuntimeUse use, int count) throws Exception {
    List<RuntimeTurn> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      turns.add(turn(use, use + "-" + i, LONG));
    }
    return turns;
  }

  private static long come(List<RuntimeTurn> turns) {
    return turns.stream().filter(each -> each.come().isDone()).count();
  }

  @Test
  void createsLeaveThreeOfTheEightPlacesToExecsAndOneToCleaningUp() throws Exception {
    assertThat(come(turns(RuntimeUse.CREATE, 20))).isEqualTo(4);
    assertThat(come(turns(RuntimeUse.EXEC, 20))).isEqualTo(3);
    assertThat(come(turns(RuntimeUse.CLEAN_UP, 20))).isEqualTo(1);
  }

  @Test
  void execsLeaveOnePlaceToCreatesAndOneToCleaningUp() throws Exception {
    assertThat(come(turns(RuntimeUse.EXEC, 20))).isEqualTo(6);
    assertThat(come(turns(RuntimeUse.CREATE, 20))).isEqualTo(1);
    assertThat(come(turns(RuntimeUse.CLEAN_UP, 20))).isEqualTo(1);
  }

  @Test
  void oneContainerLeavesRoomForExecsInOthers() throws Exception {
    List<RuntimeTurn> inOne = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      inOne.add(turn(RuntimeUse.EXEC, "one", LONG));
    }
    assertThat(come(inOne)).isEqualTo(4);
    assertThat(turn(RuntimeUse.EXEC, "other", LONG).come()).isDone();
  }

  @Test
  void whoCameFirstIsServedFirstAndWhoHasLeftIsNot() throws Exception {
    List<RuntimeTurn> execs = turns(RuntimeUse.EXEC, 9);
    RuntimeTurn cleanUp = turn(RuntimeUse.CLEAN_UP, "c", LONG);
    thread.run(() -> execs.get(6).giveUp("left"));
    assertThatThrownBy(() -> LoopThread.await(execs.get(6).come()))
        .isInstanceOf(IOException.class)
        .hasMessage("left");
    thread.run(() -> execs.get(2).giveUp("done"));
    assertThat(execs.get(7).come()).isDone();
    assertThat(execs.get(8).come()).isNotDone();
    thread.run(() -> execs.get(2).giveUp("done twice"));
    assertThat(execs.get(8).come()).isNotDone();
    assertThat(cleanUp.come()).isDone();
  }

  @Test
  void aTurnIsNotWaitedForForEver() throws Exception {
    List<RuntimeTurn> running = turns(RuntimeUse.CREATE, 4);
    RuntimeTurn late = turn(RuntimeUse.CREATE, "late", SHORT);
    assertThatThrownBy(() -> LoopThread.await(late.come()))
        .hasMessage("had no turn within 0 s: 4 others run");
    thread.run(() -> running.getFirst().giveUp("done"));
    assertThat(turn(RuntimeUse.CREATE, "next", LONG).come()).isDone();
  }

  @Test
  void moreThanFiveHundredDoNotWait() throws Exception {
    List<RuntimeTurn> all = turns(RuntimeUse.CREATE, 4 + RuntimeTurns.MOST_WAITING);
    assertThat(all.getLast().come()).isNotDone();
    RuntimeTurn tooMany = turn(RuntimeUse.EXEC, "other", LONG);
    assertThatThrownBy(() -> LoopThread.await(tooMany.come()))
        .hasMessage("512 others wait for their turn already");
  }

  @Test
  void aRunThatEndsMakesWayForTheNext() throws Exception {
    List<RuntimeTurn> all = turns(RuntimeUse.EXEC, 30);
    RuntimeCall call = RuntimeCall.plain("exec", List.of(), LONG);
    for (RuntimeTurn each : all) {
      RuntimeTurn come = LoopThread.await(each.come());
      thread.await(() -> come.start(call).finish());
    }
  }

  @Test
  void hundredsOfRunsThatCannotBeStartedMakeWayForEachOther() throws Exception {
    runtime = runtime("/no/such/program");
    RuntimeCall call = RuntimeCall.plain("exec", List.of(), LONG);
    List<RuntimeTurn> first = turns(RuntimeUse.EXEC, 6);
    List<RuntimeTurn> others = turns(RuntimeUse.EXEC, 500);
    List<Throwable> failures = new ArrayList<>();
    thread.run(
        () -> {
          for (RuntimeTurn each : others) {
            var _ =
                each.come()
                    .thenAccept(
                        come -> {
                          try {
                            come.start(call);
                          } catch (IOException | Error failed) {
                            failures.add(failed);
                          }
                        });
          }
          first.forEach(each -> each.giveUp("done"));
        });
    assertThat(failures).hasSize(500).allMatch(IOException.class::isInstance);
  }
}
