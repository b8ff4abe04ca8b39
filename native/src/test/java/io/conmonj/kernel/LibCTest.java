package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.Test;

class LibCTest {
  /** An independent way to the same C library. */
  private static final POSIX WITNESS = POSIXFactory.getNativePOSIX();

  private static final int NOBODYS_DESCRIPTOR = 1_000_000;

  @Test
  void resultsAreThoseThatAnotherBindingGets() {
    assertThat(LibC.toInt(LibC.call(LibC.symbol("getpid")))).isEqualTo(WITNESS.getpid());
    assertThat(LibC.toInt(LibC.call(LibC.symbol("getppid")))).isEqualTo(WITNESS.getppid());
    assertThat(LibC.toInt(LibC.call(LibC.symbol("geteuid")))).isEqualTo(WITNESS.geteuid());
    assertThat(LibC.toInt(LibC.call(LibC.symbol("getpgid"), 0))).isEqualTo(WITNESS.getpgid(0));
  }

  @Test
  void variadicFunctionsGetAllSixArguments() {
    try (Memory buffer = Memory.allocate(64);
        Memory format = Memory.string("%d %ld %s");
        Memory text = Memory.string("end")) {
      long result =
          LibC.call(
              LibC.symbol("snprintf"),
              buffer.address(),
              64,
              format.address(),
              -1,
              Long.MIN_VALUE,
              text.address());
      byte[] printed = new byte[LibC.toInt(result)];
      buffer.getBytes(0, printed, 0, printed.length);
      assertThat(new String(printed, StandardCharsets.US_ASCII))
          .isEqualTo("-1 -9223372036854775808 end");
    }
  }

  @Test
  void theErrorNumberIsThatOfTheCallAndOfItsThread() throws Exception {
    long close = LibC.symbol("close");
    assertThat(LibC.toInt(LibC.call(close, NOBODYS_DESCRIPTOR))).isEqualTo(-1);
    OwnThread.call(
        () -> {
          long kill = LibC.symbol("kill");
          int noSignal = 0;
          assertThat(LibC.toInt(LibC.call(kill, Integer.MAX_VALUE, noSignal))).isEqualTo(-1);
          assertThat(LibC.errno()).isEqualTo(Errno.ESRCH);
          return null;
        });
    assertThat(LibC.errno()).isEqualTo(Errno.EBADF);
  }

  @Test
  void aFunctionThatIsNotThereIsNamedOrZero() {
    assertThat(LibC.find("no_such_function")).isZero();
    assertThatThrownBy(() -> LibC.symbol("no_such_function"))
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessageContaining("no_such_function");
  }
}
