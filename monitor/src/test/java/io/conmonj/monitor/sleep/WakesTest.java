package io.conmonj.monitor.sleep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.conmonj.monitor.holder.WakeReason;
import io.conmonj.monitor.holder.Welcome;
import io.conmonj.schema.State;
import java.time.Duration;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.Test;

class WakesTest {
  private static final long SLEPT_FROM = 1_000_000_000_000L;
  private static final long WOKEN = SLEPT_FROM + 62_999_999_999L;

  private State.Sleep.Reader left = sleep().asReader();

  private static State.Sleep.Builder sleep() {
    return new MessageBuilder().initRoot(State.Monitor.factory).initSleep();
  }

  /** A worker that goes on with what the one before has left. */
  private Wakes next(Welcome welcome) {
    Wakes wakes = new Wakes(welcome, left);
    State.Sleep.Builder state = sleep();
    wakes.describe(state);
    left = state.asReader();
    return wakes;
  }

  private Wakes woken(WakeReason reason, String descriptor) {
    return next(Welcomes.of(reason, descriptor, false, SLEPT_FROM, WOKEN, Duration.ZERO));
  }

  @Test
  void aFirstWorkerWasWokenByNothing() {
    Wakes wakes = next(Welcomes.of(WakeReason.FIRST_START, "", false, 0, WOKEN, Duration.ZERO));
    assertThat(wakes.counts())
        .containsOnlyKeys(labels())
        .allSatisfy((_, n) -> assertThat(n).isZero());
    assertThat(wakes.came()).isEmpty();
    assertThat(wakes.last()).isEmpty();
    assertThat(left.getWakes().size()).isZero();
  }

  private static String[] labels() {
    return new String[] {
      "output", "call", "session", "attach", "metrics", "exit", "time", "signal", "other"
    };
  }

  @Test
  void eachWorkerAddsWhatItWasWokenBy() {
    woken(WakeReason.DESCRIPTOR, "c1.out");
    woken(WakeReason.EXIT, "");
    Wakes wakes = woken(WakeReason.DESCRIPTOR, "c2.err");
    assertThat(wakes.counts()).containsEntry("output", 2L).containsEntry("exit", 1L);
    assertThat(wakes.came()).containsExactly(entry("output", 2L), entry("exit", 1L));
    assertThat(wakes.last()).isEqualTo("output");
    assertThat(left.getWakes().size()).isEqualTo(2);
  }

  @Test
  void oneThatFollowsACrashOrAnUpgradeHandsThemOn() {
    woken(WakeReason.SIGNAL, "");
    Wakes crashed = next(Welcomes.of(WakeReason.CRASH, "", false, 0, WOKEN, Duration.ZERO));
    assertThat(crashed.counts()).containsEntry("signal", 1L).containsEntry("other", 0L);
    assertThat(crashed.last()).isEqualTo("signal");
    Wakes candidate =
        next(Welcomes.of(WakeReason.UPGRADE, "", true, SLEPT_FROM, WOKEN, Duration.ZERO));
    assertThat(candidate.counts()).containsEntry("signal", 1L).containsEntry("other", 0L);
    assertThat(candidate.last()).isEqualTo("signal");
  }

  @Test
  void whatOnlyAnotherBuildKnowsIsHandedOn() {
    State.Sleep.Builder state = sleep();
    State.Wake.Builder wake = state.initWakes(1).get(0);
    wake.setCause("moonlight");
    wake.setCount(3);
    state.setLastWake("moonlight");
    left = state.asReader();
    Wakes crashed = next(Welcomes.of(WakeReason.CRASH, "", false, 0, WOKEN, Duration.ZERO));
    assertThat(crashed.last()).isEqualTo("moonlight");
    assertThat(woken(WakeReason.TIME, "").counts())
        .containsEntry("moonlight", 3L)
        .containsEntry("time", 1L);
  }
}
