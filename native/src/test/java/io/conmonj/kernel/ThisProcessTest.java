package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.Test;

class ThisProcessTest {
  @Test
  void pidAndUserAreThoseThatAnotherBindingGets() {
    POSIX witness = POSIXFactory.getNativePOSIX();
    assertThat(ThisProcess.pid()).isEqualTo(witness.getpid());
    assertThat(ThisProcess.effectiveUser()).isEqualTo(witness.geteuid());
  }
}
