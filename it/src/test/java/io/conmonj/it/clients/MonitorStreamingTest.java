package io.conmonj.it.clients;

import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The clients against the built monitor, with containers of the real runc behind it. */
class MonitorStreamingTest extends OurStreamingContract {
  @TempDir static Path directory;

  private static BusyboxPod pod;
  private static PodContainer container;

  @BeforeAll
  static void start() throws IOException {
    pod = BusyboxPod.start(directory);
    container = pod.container("sleep", "10000").run();
  }

  @AfterAll
  static void stop() throws IOException {
    if (pod != null) {
      pod.close();
    }
  }

  @Override
  StreamingTarget target() {
    return new MonitorTarget(pod.monitor());
  }

  @Override
  String container() {
    return container.id();
  }

  @Override
  String startAttachable() {
    return "none";
  }

  @Override
  List<String> missing() {
    return List.of("attach");
  }
}
