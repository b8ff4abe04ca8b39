package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class KernelExceptionTest {
  @Test
  void theMessageNamesCallArgumentAndError() {
    assertThat(new KernelException(Errno.EACCES, "open", "/x"))
        .hasMessage("open /x: EACCES (Permission denied)");
  }

  @Test
  void anEmptyArgumentLeavesNoGap() {
    assertThat(new KernelException(Errno.EMFILE, "pipe2", ""))
        .hasMessage("pipe2: EMFILE (Too many open files)");
  }

  @Test
  void aNumberWithoutNameIsToldAsNumber() {
    assertThat(new KernelException(4095, "x", "")).hasMessage("x: errno 4095");
  }

  @Test
  void theConstantsAreThoseOfTheTable() throws Exception {
    for (var field : Errno.class.getFields()) {
      assertThat(Errno.describe(field.getInt(null))).startsWith(field.getName() + " (");
    }
  }

  @Test
  void aRealFailureCarriesItsErrno() {
    KernelException failure =
        catchThrowableOfType(KernelException.class, () -> OpenFile.forReading("/nowhere"));
    assertThat(failure.errno()).isEqualTo(Errno.ENOENT);
    assertThat(failure).hasMessage("open /nowhere: ENOENT (No such file or directory)");
  }
}
