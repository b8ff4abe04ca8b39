package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PtyTest {
  @Test
  void aRealMasterIsAdopted() throws Exception {
    try (Pty made = Pty.open();
        Pty adopted = Pty.adopt(Fcntl.duplicate(made.master()))) {
      assertThat(adopted.number()).isEqualTo(made.number());
    }
  }

  @Test
  void aSlaveIsNotAdoptedButClosed() throws Exception {
    try (Pty pty = Pty.open()) {
      Fd slave = Slave.of(pty);
      assertThatThrownBy(() -> Pty.adopt(slave))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("ENOTTY");
      assertThat(slave.closed()).isTrue();
    }
  }

  @Test
  void otherFilesAreNotAdopted() throws Exception {
    for (String path : new String[] {"/dev/null", "/dev/zero", "/etc/passwd", "/"}) {
      Fd fd = OpenFile.forReading(path);
      assertThatThrownBy(() -> Pty.adopt(fd)).hasMessageContaining("ENOTTY");
      assertThat(fd.closed()).isTrue();
    }
  }

  @Test
  void theSlaveIsTheOneOfTheMaster() throws Exception {
    try (Pty pty = Pty.open();
        Fd slave = Slave.of(pty)) {
      assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + slave.number())))
          .hasToString("/dev/pts/" + pty.number());
      assertThat(Fcntl.isCloseOnExec(slave)).isTrue();
      assertThat(Fcntl.isCloseOnExec(pty.master())).isTrue();
    }
  }

  @Test
  void newlinesAreTranslatedOnceAskedFor() throws Exception {
    try (Pty pty = Pty.open();
        Fd slave = Slave.of(pty)) {
      Finished raw = sttyOn(slave, "-onlcr");
      assertThat(raw.status().toCode()).isZero();
      Io.write(slave, "a\n".getBytes(StandardCharsets.UTF_8));
      assertThat(read(pty)).isEqualTo("a\n");
      pty.translateNewlines();
      Io.write(slave, "b\n".getBytes(StandardCharsets.UTF_8));
      assertThat(read(pty)).isEqualTo("b\r\n");
    }
  }

  @Test
  void theWindowSizeIsWhatProgramsSee() throws Exception {
    try (Pty pty = Pty.open();
        Fd slave = Slave.of(pty)) {
      pty.resize(new WindowSize(132, 40));
      assertThat(sttyOn(slave, "size").output()).isEqualTo("40 132\n");
      pty.resize(new WindowSize(65535, 65535));
      assertThat(sttyOn(slave, "size").output()).isEqualTo("65535 65535\n");
    }
  }

  @Test
  void aWindowThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new WindowSize(65536, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WindowSize(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTerminalThatNobodyHoldsAnyMoreIsToldApart() throws Exception {
    try (Pty pty = Pty.open()) {
      Slave.of(pty).close();
      KernelException failure =
          catchThrowableOfType(KernelException.class, () -> Io.read(pty.master(), new byte[16]));
      assertThat(failure.errno()).isEqualTo(Errno.EIO);
    }
  }

  @Test
  void closingLeavesNothingOpen() throws Exception {
    OpenFds.assertNoneLeftBy(() -> Pty.open().close());
    OpenFds.assertNoneLeftBy(
        () -> {
          Fd fd = OpenFile.forReading("/dev/null");
          assertThatThrownBy(() -> Pty.adopt(fd)).isInstanceOf(KernelException.class);
        });
  }

  private static Finished sttyOn(Fd terminal, String argument) throws Exception {
    return Finished.run(
        Spawn.program("/bin/stty").arguments(List.of(argument)).descriptor(0, terminal));
  }

  private static String read(Pty pty) throws Exception {
    byte[] block = new byte[64];
    int count = Io.read(pty.master(), block);
    return new String(block, 0, count, StandardCharsets.UTF_8);
  }
}
