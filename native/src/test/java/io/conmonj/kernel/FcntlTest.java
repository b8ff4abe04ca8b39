package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FcntlTest {
  @Test
  void nonBlockingModeIsSwitchedOnAndOff() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      assertThat(FileFlags.isNonBlocking(pipe.readEnd())).isFalse();
      Fcntl.setNonBlocking(pipe.readEnd(), true);
      assertThat(FileFlags.isNonBlocking(pipe.readEnd())).isTrue();
      Fcntl.setNonBlocking(pipe.readEnd(), false);
      assertThat(FileFlags.isNonBlocking(pipe.readEnd())).isFalse();
    }
  }

  @Test
  void closeOnExecIsSwitchedOffAndOn() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      Fcntl.setCloseOnExec(pipe.readEnd(), false);
      assertThat(Fcntl.isCloseOnExec(pipe.readEnd())).isFalse();
      Fcntl.setCloseOnExec(pipe.readEnd(), true);
      assertThat(Fcntl.isCloseOnExec(pipe.readEnd())).isTrue();
    }
  }

  @Test
  void aDuplicateOutlivesTheOriginal() throws Exception {
    try (Pipe pipe = Pipe.open();
        Fd copy = Fcntl.duplicate(pipe.writeEnd())) {
      pipe.writeEnd().close();
      assertThat(Fcntl.isCloseOnExec(copy)).isTrue();
      assertThat(Io.write(copy, new byte[] {7})).isEqualTo(1);
      byte[] read = new byte[1];
      assertThat(Io.read(pipe.readEnd(), read)).isEqualTo(1);
      assertThat(read[0]).isEqualTo((byte) 7);
    }
  }

  @Test
  void aClosedNumberIsNotOpen() throws Exception {
    Pipe pipe = Pipe.open();
    int number = pipe.readEnd().number();
    assertThat(Fcntl.isOpen(number)).isTrue();
    pipe.close();
    assertThat(Fcntl.isOpen(number)).isFalse();
  }
}
