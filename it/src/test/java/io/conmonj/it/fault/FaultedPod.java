package io.conmonj.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.echo.EchoSession;
import io.conmonj.it.echo.ExecEcho;
import io.conmonj.it.echo.ForwardEcho;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A monitor that does one of everything while a fault strikes: an exec, an attachment, a forwarded
 * port, a burst of log lines, an exit. The three sessions may fail of it; nothing else may.
 */
final class FaultedPod {
  private static final int LINES = 3000;
  private static final String EXIT_CODE = "7";
  private static final byte[] PAYLOAD = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final String COMMAND =
      "while [ ! -e /tmp/go ]; do usleep 20000; done; seq 1 " + LINES + "; exit " + EXIT_CODE;

  private final EchoPod pod;
  private PodContainer talker;

  FaultedPod(EchoPod pod) {
    this.pod = pod;
  }

  /** Makes the container that will write and exit; before the fault. */
  void prepare() throws IOException {
    talker = pod.pod().container("sh", "-c", COMMAND).run();
  }

  /** Does one of everything; during the fault. */
  void work() throws IOException {
    try (AutoCloseable _ = attachedOrRefused()) {
      tryOnce(() -> ExecEcho.start(pod));
      tryOnce(() -> ForwardEcho.start(pod));
      Files.createFile(talker.root().resolve("tmp/go"));
      Await.until("its exit is recorded", talker::hasExited);
    } catch (IOException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IOException(failed);
    }
  }

  /** Nothing is lost, and the monitor serves as before; after the fault. */
  void check() throws IOException {
    long before = pod.pod().monitor().processId();
    pod.pod().reconnect();
    assertThat(talker.exitCode()).isEqualTo(EXIT_CODE);
    assertThat(CriLogFiles.lines("stdout", List.of(talker.log())))
        .isEqualTo(IntStream.rangeClosed(1, LINES).mapToObj(Integer::toString).toList());
    assertThat(Replies.await(pod.pod().monitor().version(false)).processId()).isEqualTo(before);
    for (EchoSession each : List.of(ExecEcho.start(pod), ForwardEcho.start(pod))) {
      try (each) {
        assertThat(each.roundTrip(PAYLOAD)).isEqualTo(PAYLOAD);
      }
    }
    pod.pod().runc().delete(talker.id());
  }

  private AutoCloseable attachedOrRefused() {
    try {
      return WebSocketPeer.open(
          Replies.await(pod.pod().monitor().serveAttach(ServeAttachRequest.watch(talker.id()))),
          "v5.channel.k8s.io");
    } catch (IOException refused) {
      return () -> {};
    }
  }

  private interface Beginning {
    EchoSession start() throws IOException;
  }

  private static void tryOnce(Beginning beginning) {
    try (EchoSession session = beginning.start()) {
      byte[] _ = session.roundTrip(PAYLOAD);
    } catch (IOException refused) {
      // The fault was this session's.
    }
  }
}
