package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessNameTest {
  @Test
  void theProcessIsRenamedFromAnyThread() throws Exception {
    String before = ProcessName.get();
    try {
      OwnThread.call(
          () -> {
            ProcessName.set("fifteen-bytes-x");
            return null;
          });
      assertThat(ProcessName.get()).isEqualTo("fifteen-bytes-x");
      int pid = ThisProcess.pid();
      assertThat(Finished.run(Spawn.program("cat").arguments("/proc/" + pid + "/comm")).output())
          .isEqualTo("fifteen-bytes-x\n");
    } finally {
      ProcessName.set(before);
    }
  }

  @Test
  void aNameThatWouldBeCutIsRefused() {
    assertThatThrownBy(() -> ProcessName.set("sixteen-bytes-xx"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProcessName.set("")).isInstanceOf(IllegalArgumentException.class);
  }
}
