package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryFileTest {
  @Test
  void aChildReadsWhatWasPutIn() throws Exception {
    try (Fd file = MemoryFile.create("process.json")) {
      assertThat(Fcntl.isCloseOnExec(file)).isTrue();
      Io.write(file, "{}".getBytes(StandardCharsets.US_ASCII));
      Spawn cat = Spawn.program("cat").arguments(List.of("/proc/self/fd/3")).descriptor(3, file);
      assertThat(Finished.run(cat).output()).isEqualTo("{}");
    }
  }

  @Test
  void aSealedOneIsNotChangedAnyMore() throws Exception {
    try (Fd file = MemoryFile.createSealable("entry")) {
      Io.write(file, new byte[] {'a'});
      MemoryFile.seal(file);
      assertThatThrownBy(() -> Io.write(file, new byte[] {'b'}))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
    }
  }
}
