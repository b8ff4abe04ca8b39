package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SignalMaskTest {
  @Test
  void blockingIsForThisThreadAndUntilUnblocked() throws Exception {
    OwnThread.call(
        () -> {
          SignalMask.block(Signal.USR1, Signal.WINCH);
          assertThat(SignalMask.isBlocked(Signal.USR1)).isTrue();
          assertThat(SignalMask.isBlocked(Signal.WINCH)).isTrue();
          assertThat(SignalMask.isBlocked(Signal.USR2)).isFalse();
          SignalMask.unblock(Signal.USR1);
          assertThat(SignalMask.isBlocked(Signal.USR1)).isFalse();
          assertThat(SignalMask.isBlocked(Signal.WINCH)).isTrue();
          return null;
        });
    assertThat(SignalMask.isBlocked(Signal.WINCH)).isFalse();
  }

  @Test
  void aNumberThatIsNoSignalIsRefused() {
    assertThatThrownBy(() -> SignalMask.block(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SignalMask.block(65)).isInstanceOf(IllegalArgumentException.class);
  }
}
