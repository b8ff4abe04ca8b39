package io.conmonj.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.AttachSettings;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a viewer sees of what was written before it came. */
@Timeout(180)
@NeedsContainers
class ReplayTest {
  private static final AttachSettings ALL = AttachSettings.NONE.withReplay(Integer.MAX_VALUE);
  private static final ExecStatus SUCCESS = new ExecStatus.Exited(0);

  /** The default of --attach-replay-bytes. */
  private static final int KEPT = 16 * 1024;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void aViewerOfACountingContainerMissesNoNumberAndSeesNoneTwice(Transport transport)
      throws Exception {
    String count = "i=0; while [ ! -e /tmp/end ]; do echo $i; i=$((i+1)); done; echo $i; echo end";
    try (BusyboxPod pod = BusyboxPod.startQuietly(directory)) {
      PodContainer container = pod.container("sh", "-c", count).run();
      Await.until("more output than is kept", () -> container.log().toFile().length() > 4 * KEPT);
      for (int i = 0; i < 5; i++) {
        try (AttachedViewer viewer = AttachedViewer.watching(pod, container, ALL, transport)) {
          Await.until("some output", () -> viewer.output().length() > 4 * KEPT);
          assertCounts(viewer.output());
        }
      }
      try (AttachedViewer last = AttachedViewer.watching(pod, container, ALL, transport)) {
        Files.createFile(container.root().resolve("tmp/end"));
        assertThat(last.status()).isEqualTo(SUCCESS);
        assertThat(last.output()).endsWith("\nend\n").hasSizeGreaterThan(KEPT);
        assertCounts(last.output().replace("end\n", ""));
      }
    }
  }

  private static void assertCounts(String output) {
    String whole = output.substring(output.indexOf('\n') + 1, output.lastIndexOf('\n'));
    List<String> lines = whole.lines().toList();
    long first = Long.parseLong(lines.getFirst());
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).isEqualTo(Long.toString(first + i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLateViewerSeesAsMuchAsItAskedForOfWhatIsKept(Transport transport) throws Exception {
    try (BusyboxPod pod = BusyboxPod.start(directory)) {
      PodContainer container =
          pod.container("sh", "-c", "echo first; echo last; exec cat")
              .create(it -> it.stdin(true))
              .start();
      awaitLogged(container, "last\n");
      assertSees(pod, container, transport, AttachSettings.NONE.withReplay(7), "t\nlast\nx\n");
      assertSees(pod, container, transport, AttachSettings.NONE, "x\n");
      assertSees(pod, container, transport, ALL, "first\nlast\nx\nx\nx\n");
    }
  }

  private static void assertSees(
      BusyboxPod pod,
      PodContainer container,
      Transport transport,
      AttachSettings settings,
      String expected)
      throws Exception {
    try (AttachedViewer viewer = AttachedViewer.typing(pod, container, settings, transport)) {
      viewer.type("x\n");
      Await.until(
          "'" + expected + "' in " + viewer.output(),
          () -> viewer.output().length() >= expected.length());
      assertThat(viewer.output()).isEqualTo(expected);
    }
  }

  @Test
  void outputAndErrorOutputAreReplayedApartAndNoMoreThanIsKept() throws Exception {
    String script =
        "seq 1 500; while [ ! -e /tmp/more ]; do sleep 0.05; done;"
            + " seq 501 600 >&2; while [ ! -e /tmp/end ]; do sleep 0.05; done";
    try (BusyboxPod pod = BusyboxPod.startWith(directory, "--attach-replay-bytes=1000")) {
      PodContainer container = pod.container("sh", "-c", script).run();
      Path tmp = container.root().resolve("tmp");
      awaitLogged(container, "500\n");
      Files.createFile(tmp.resolve("more"));
      awaitLogged(container, "600\n");
      try (AttachedViewer viewer =
          AttachedViewer.watching(pod, container, ALL, Transport.WEBSOCKET)) {
        Files.createFile(tmp.resolve("end"));
        assertThat(viewer.status()).isEqualTo(SUCCESS);
        assertThat(viewer.errorOutput()).startsWith("501\n502\n").endsWith("600\n").hasSize(400);
        assertThat(viewer.output()).startsWith("351\n352\n").endsWith("500\n").hasSize(600);
      }
    }
  }

  @Test
  void aMonitorThatKeepsNothingReplaysNothing() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory, "--attach-replay-bytes=0")) {
      PodContainer container =
          pod.container("sh", "-c", "echo before; exec cat").create(it -> it.stdin(true)).start();
      awaitLogged(container, "before\n");
      assertSees(pod, container, Transport.WEBSOCKET, ALL, "x\n");
    }
  }

  private static void awaitLogged(PodContainer container, String text) {
    Await.until(
        "'" + text + "' in the log",
        () -> {
          try {
            return Files.exists(container.log())
                && Files.readString(container.log()).contains(" F " + text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
