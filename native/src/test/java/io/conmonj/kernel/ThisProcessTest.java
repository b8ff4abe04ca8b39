package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

  @Test
  void processorTimeIsThatOfAllThreads() throws Exception {
    long before = ThisProcess.processorNanos();
    Thread busy =
        new Thread(
            () -> {
              while (ThisProcess.processorNanos() - before < 100_000_000) {
                Thread.onSpinWait();
              }
            });
    busy.start();
    busy.join(Duration.ofMinutes(1));
    assertThat(busy.isAlive()).isFalse();
    long witness = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    assertThat(ThisProcess.processorNanos()).isBetween(before, witness + 1_000_000_000L);
  }
}
