package io.conmonj.monitor.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureTest {
  private final KernelException noDescriptor =
      new KernelException(Errno.EMFILE, "open", "/logs/log");

  @Test
  void theReasonOfASystemCallIsToldOnce() {
    IOException failure =
        new IOException("open log file /logs/log: EMFILE (Too many open files)", noDescriptor);

    assertThat(Failure.text(failure))
        .isEqualTo("open log file /logs/log: EMFILE (Too many open files)");
  }

  @Test
  void aReasonThatIsNotToldYetIs() {
    assertThat(Failure.text(new IOException("create container web", noDescriptor)))
        .isEqualTo("create container web: open /logs/log: EMFILE (Too many open files)");
  }
}
