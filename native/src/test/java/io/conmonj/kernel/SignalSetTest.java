package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SignalSetTest {
  @Test
  void aNumberThatIsNoSignalIsRefused() {
    assertThatThrownBy(() -> SignalSet.bits(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SignalSet.bits(65)).isInstanceOf(IllegalArgumentException.class);
  }
}
