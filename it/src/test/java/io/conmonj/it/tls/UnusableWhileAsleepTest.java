package io.conmonj.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is being replaced when its monitor is woken. */
@Timeout(180)
@NeedsContainers
class UnusableWhileAsleepTest {
  @TempDir Path directory;

  @Test
  void keepsStreamingClientsOutUntilItFitsAndNoContainerFromItsEnd() throws Exception {
    KeyPair pair = KeyPair.create(directory, "server");
    KeyPair kept = pair.copy("kept");
    KeyPair next = KeyPair.create(directory, "next");
    try (BusyboxPod pod =
        BusyboxPod.startQuietly(
            directory,
            "--streaming-tls-cert=" + pair.certificate(),
            "--streaming-tls-key=" + pair.key())) {
      PodContainer ending =
          pod.container("sh", "-c", "until [ -e /tmp/end ]; do usleep 20000; done; exit 7").run();
      PodContainer other = pod.containerBeside(ending, "sleep", "1000000").run();
      pod.sleep();
      next.copy("server");
      Files.copy(kept.key(), pair.key(), StandardCopyOption.REPLACE_EXISTING);
      Files.createFile(ending.root().resolve("tmp/end"));
      Await.until("its exit", ending::hasExited);
      assertThat(ending.exitCode()).isEqualTo("7");

      pod.reconnect();
      ServeExecRequest request = ServeExecRequest.output(other.id(), List.of("true"));
      assertThatThrownBy(() -> Replies.await(pod.monitor().serveExec(request)))
          .isInstanceOf(MonitorException.class)
          .hasMessageContaining("load private key " + pair.key());
      next.copy("server");
      assertThat(Replies.await(pod.monitor().serveExec(request)).toString()).startsWith("https:");
    }
  }
}
