package io.conmonj.monitor.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OwnLogTest {
  @Test
  void thePodIsCalledByTheDirectoryOfItsMonitor() {
    assertThat(OwnLog.pod(Path.of("/run/pods/pod-1"))).isEqualTo("pod-1");
    assertThat(OwnLog.pod(Path.of("/"))).isEmpty();
  }

  @Test
  void whereThatIsTheUserDataOfAContainerOfCriosStorageItIsCalledByThatContainer() {
    assertThat(OwnLog.pod(Path.of("/run/containers/storage/overlay-containers/0af1/userdata")))
        .isEqualTo("0af1");
    assertThat(OwnLog.pod(Path.of("/userdata"))).isEqualTo("userdata");
  }
}
