package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PipeTest {
  /** Bytes that a pipe holds (pipe(7)). */
  private static final int UNLESS_SET = 64 * 1024;

  @Test
  void whatIsWrittenIsReadAndThenTheEnd() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
      assertThat(Io.write(pipe.writeEnd(), hello)).isEqualTo(5);
      byte[] read = new byte[16];
      assertThat(Io.read(pipe.readEnd(), read)).isEqualTo(5);
      assertThat(read).startsWith(hello);
      pipe.writeEnd().close();
      assertThat(Io.read(pipe.readEnd(), read)).isEqualTo(Io.END);
    }
  }

  @Test
  void directBuffersAdvanceByWhatWasMoved() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer out = ByteBuffer.allocateDirect(8).put(new byte[] {1, 2, 3, 4, 5}).flip();
      out.position(2);
      assertThat(Io.write(pipe.writeEnd(), out)).isEqualTo(3);
      assertThat(out.hasRemaining()).isFalse();
      ByteBuffer in = ByteBuffer.allocateDirect(8).position(1);
      assertThat(Io.read(pipe.readEnd(), in)).isEqualTo(3);
      assertThat(in.position()).isEqualTo(4);
      assertThat(in.get(1)).isEqualTo((byte) 3);
    }
  }

  @Test
  void bothEndsAreCloseOnExec() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      assertThat(Fcntl.isCloseOnExec(pipe.readEnd())).isTrue();
      assertThat(Fcntl.isCloseOnExec(pipe.writeEnd())).isTrue();
    }
  }

  @Test
  void aNonBlockingPipeSaysThatThereIsNothingNow() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      Fcntl.setNonBlocking(pipe.readEnd(), true);
      Fcntl.setNonBlocking(pipe.writeEnd(), true);
      assertThat(Io.read(pipe.readEnd(), new byte[1])).isZero();
      byte[] block = new byte[UNLESS_SET];
      assertThat(Io.write(pipe.writeEnd(), block)).isEqualTo(block.length);
      assertThat(Io.write(pipe.writeEnd(), block)).isZero();
    }
  }

  @Test
  void theCapacityCanBeSet() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      assertThat(Pipe.setCapacity(pipe.writeEnd(), 100_000)).isEqualTo(131_072);
      Fcntl.setNonBlocking(pipe.writeEnd(), true);
      assertThat(Io.write(pipe.writeEnd(), new byte[200_000])).isEqualTo(131_072);
    }
  }

  @Test
  void writingWhenNobodyReadsIsAnErrorAndNotTheEndOfTheProcess() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().close();
      KernelException failure =
          catchThrowableOfType(
              KernelException.class, () -> Io.write(pipe.writeEnd(), new byte[] {1}));
      assertThat(failure.errno()).isEqualTo(Errno.EPIPE);
    }
  }

  @Test
  void closingThePairLeavesNothingOpen() throws Exception {
    OpenFds.assertNoneLeftBy(() -> Pipe.open().close());
  }
}
