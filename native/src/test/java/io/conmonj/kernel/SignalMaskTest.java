package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignalMaskTest {
  @Test
  void blockingIsForThisThreadAndUntilUnblocked() throws Exception {
    OwnThread.call(
        () -> {
          SignalMask.block(Signal.HUP, Signal.INT);
          assertThat(SignalMask.isBlocked(Signal.HUP)).isTrue();
          assertThat(SignalMask.isBlocked(Signal.INT)).isTrue();
          assertThat(SignalMask.isBlocked(Signal.TERM)).isFalse();
          SignalMask.unblock(Signal.HUP);
          assertThat(SignalMask.isBlocked(Signal.HUP)).isFalse();
          assertThat(SignalMask.isBlocked(Signal.INT)).isTrue();
          return null;
        });
    assertThat(SignalMask.isBlocked(Signal.INT)).isFalse();
  }
}
