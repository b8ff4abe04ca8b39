package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SharedMemoryTest {
  private static final int SIZE = 3 * 4096;

  @Test
  void whoeverHasItsDescriptorSeesWhatIsWritten() throws Exception {
    try (SharedMemory here = SharedMemory.create("test", SIZE);
        SharedMemory there = SharedMemory.open(Fcntl.duplicate(here.fd()), SIZE)) {
      here.put(SIZE - 8, 42);
      here.bytes(4096, 3).put(new byte[] {1, 2, 3});
      assertThat(there.get(SIZE - 8)).isEqualTo(42);
      ByteBuffer bytes = there.bytes(4096, 4);
      assertThat(new byte[] {bytes.get(), bytes.get(), bytes.get(), bytes.get()})
          .containsExactly(1, 2, 3, 0);
      there.clear(4096, 2);
      assertThat(here.bytes(4096, 3).getShort()).isZero();
      here.discard(4096, 4096);
      assertThat(there.bytes(4096, 3).get(2)).isZero();
      assertThat(there.get(SIZE - 8)).isEqualTo(42);
    }
  }

  @Test
  void theKernelReadsIntoIt() throws Exception {
    try (SharedMemory memory = SharedMemory.create("test", SIZE);
        Pipe pipe = Pipe.open()) {
      Io.write(pipe.writeEnd(), new byte[] {7, 8});
      assertThat(memory.read(pipe.readEnd(), 100, 10)).isEqualTo(2);
      assertThat(memory.bytes(100, 2).getShort()).isEqualTo((short) 0x0708);
    }
  }

  @Test
  void nothingBesideItAndNothingOfOneThatIsClosedCanBeReached() throws Exception {
    SharedMemory memory = SharedMemory.create("test", SIZE);
    assertThatThrownBy(() -> memory.get(SIZE - 7)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> memory.put(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> memory.bytes(SIZE, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    memory.close();
    memory.close();
    assertThatThrownBy(() -> memory.get(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFileThatIsCutIsRefused() throws Exception {
    try (Fd small = MemoryFile.create("small")) {
      assertThatThrownBy(() -> SharedMemory.open(Fcntl.duplicate(small), SIZE))
          .isInstanceOf(KernelException.class);
    }
  }
}
