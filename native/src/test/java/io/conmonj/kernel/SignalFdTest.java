package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalFdTest {
  private static final long RAISE = LibC.symbol("raise");

  @Test
  void aPendingSignalIsRead() throws Exception {
    OwnThread.call(
        () -> {
          SignalMask.block(Signal.HUP);
          try (SignalFd signals = SignalFd.open(Signal.HUP, Signal.TERM)) {
            assertThat(signals.take()).isEqualTo(SignalFd.NONE);
            LibC.call(RAISE, Signal.HUP);
            ReadableFd.await(signals.fd());
            assertThat(signals.take()).isEqualTo(Signal.HUP);
            assertThat(signals.take()).isEqualTo(SignalFd.NONE);
          }
          return null;
        });
  }

  @Test
  void aJvmStartedWithSignalsBlockedReadsThem() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      int pid =
          Spawn.program("/usr/bin/env")
              .arguments(List.of("--block-signal=TERM,HUP", ChildJvm.java(), "-Xrs"))
              .arguments(ChildJvm.arguments(Reader.class))
              .descriptor(1, pipe.writeEnd())
              .start()
              .pid();
      pipe.writeEnd().close();
      byte[] ready = new byte[6];
      assertThat(Io.read(pipe.readEnd(), ready)).isEqualTo(6);
      assertThat(new String(ready, StandardCharsets.US_ASCII)).isEqualTo("ready\n");
      Kill.process(pid, Signal.HUP);
      Kill.process(pid, Signal.TERM);
      // of two that are pending the lower number comes first
      assertThat(Finished.readAll(pipe.readEnd())).isEqualTo("signal 1\nsignal 15\n");
      assertThat(Finished.reap(pid)).isEqualTo(new ExitStatus.Exited(0));
    }
  }

  /** Reads signals and prints them until it is told to terminate. */
  static final class Reader {
    public static void main(String[] args) throws Exception {
      try (SignalFd signals = SignalFd.open(Signal.HUP, Signal.TERM)) {
        System.out.print("ready\n");
        System.out.flush();
        int last;
        do {
          ReadableFd.await(signals.fd());
          last = signals.take();
          System.out.print("signal " + last + "\n");
        } while (last != Signal.TERM);
      }
    }

    private Reader() {}
  }

  @Test
  void closingLeavesNothingOpen() throws Exception {
    OpenFds.assertNoneLeftBy(() -> SignalFd.open(Signal.HUP).close());
  }
}
