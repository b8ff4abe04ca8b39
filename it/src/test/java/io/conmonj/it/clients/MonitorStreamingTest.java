package io.conmonj.it.clients;

import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.EchoServer;
import io.conmonj.it.pod.Loopback;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The clients against the built monitor, with containers of the real runc behind it. */
@NeedsContainers
class MonitorStreamingTest extends OurStreamingContract {
  @TempDir static Path directory;

  private static BusyboxPod pod;
  private static PodContainer container;

  @BeforeAll
  static void start() throws IOException {
    pod = BusyboxPod.start(directory);
    container = pod.container("sleep", "10000").run();
    Loopback.bringUp(container.pid());
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
  String startAttachable() throws IOException {
    PodContainer attachable = pod.container(StreamingBed.ATTACHABLE.toArray(String[]::new));
    return attachable.create(it -> it.stdin(true)).start().id();
  }

  @Override
  EchoServer startEcho() throws IOException {
    return EchoServer.startBeside(container.pid());
  }
}
