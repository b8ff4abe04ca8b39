package io.conmonj.it.sleep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.Monitor;
import io.conmonj.client.SentDescriptors;
import io.conmonj.client.metrics.MetricsSocket;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.Sleeps;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.FreePort;
import io.conmonj.it.pod.HostCommand;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.upgrade.AttachSocket;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that was woken tells by what, whatever it was: nothing may be {@code other}. */
@NeedsContainers
@Timeout(300)
class WokenByTest {
  private static final int STDIN = 0;

  @TempDir Path directory;

  private BusyboxPod pod;
  private int port;

  private interface Step {
    void take() throws Exception;
  }

  /** One that sleeps when it is told to, and never else. */
  @BeforeEach
  void start() throws IOException {
    port = FreePort.find();
    pod =
        BusyboxPod.startQuietly(
            directory, "--sleep-after", "0", "--metrics-address=127.0.0.1:" + port);
  }

  @AfterEach
  void stop() throws IOException {
    pod.close();
  }

  /** Takes a step while the monitor sleeps. */
  private void assertWokenBy(String cause, Step step) throws Exception {
    Await.until("it sleeps", this::sleeps);
    step.take();
    Await.until("a worker", () -> pod.process().findWorker().isPresent());
    pod.reconnect();
    Sleeps sleeps = Replies.await(pod.monitor().serverInfo()).sleeps();
    assertThat(sleeps.lastWokenBy()).isEqualTo(cause);
    assertThat(sleeps.wokenBy().stream().mapToLong(each -> each.count()).sum())
        .isEqualTo(sleeps.times());
  }

  /** Whether nothing has kept it awake, such as a command that is being started. */
  private boolean sleeps() {
    try {
      pod.reconnect();
      pod.sleep();
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void touch(PodContainer container, String name) throws IOException {
    Files.createFile(container.root().resolve("tmp").resolve(name));
  }

  private static String onceThereIs(String name) {
    return "until [ -e /tmp/" + name + " ]; do usleep 20000; done; ";
  }

  @Test
  void byOutput() throws Exception {
    String script = onceThereIs("1") + "echo out; " + onceThereIs("2") + "echo err >&2; sleep 1000";
    PodContainer piped = pod.container("sh", "-c", script).run();
    assertWokenBy("output", () -> touch(piped, "1"));
    assertWokenBy("output", () -> touch(piped, "2"));
    PodContainer terminal = pod.terminalContainer("sh", "-c", script).run();
    assertWokenBy("output", () -> touch(terminal, "1"));
  }

  @Test
  void byACall() throws Exception {
    assertWokenBy("call", pod::reconnect);
    try (Monitor other = Monitor.join(pod.loop(), pod.options().runtimeDir())) {
      assertWokenBy("call", () -> Replies.await(other.version(false)));
      assertWokenBy("call", other::close);
    }
    Path path = Replies.await(pod.monitor().startFdSocket());
    try (Fd file = MemoryFile.create("test")) {
      SentDescriptors[] sent = {null};
      assertWokenBy("call", () -> sent[0] = SentDescriptors.to(path));
      assertWokenBy("call", () -> assertThat(sent[0].send(List.of(file))).hasSize(1));
      assertWokenBy("call", () -> sent[0].close());
    }
  }

  @Test
  void byASession() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    String script = onceThereIs("say") + "echo said; cat";
    URI url =
        Replies.await(
            pod.monitor()
                .serveExec(ServeExecRequest.piped(container.id(), List.of("sh", "-c", script))));
    WebSocketPeer[] client = {null};
    assertWokenBy("session", () -> client[0] = WebSocketPeer.command(url, "v5.channel.k8s.io"));
    assertWokenBy("session", () -> touch(container, "say"));
    assertThat(client[0].readMessage().text()).isEqualTo("said\n");
    assertWokenBy("session", () -> client[0].message(STDIN, "typed"));
    assertThat(client[0].readMessage().text()).isEqualTo("typed");
    assertWokenBy("session", () -> client[0].close());
  }

  @Test
  void byAClientOfAnAttachSocket() throws Exception {
    PodContainer container = pod.container("cat").create(it -> it.stdin(true)).start();
    Path path = AttachSocket.open(pod, container);
    Fd[] client = {null};
    assertWokenBy(
        "attach", () -> client[0] = UnixSocket.connect(SocketType.SEQPACKET, path.toString()));
    assertWokenBy("attach", () -> Io.write(client[0], "typed".getBytes(UTF_8)));
    assertWokenBy("attach", () -> client[0].close());
  }

  @Test
  void byWhoAsksForMetrics() throws Exception {
    Path runtimeDir = pod.options().runtimeDir();
    assertWokenBy("metrics", () -> Replies.await(MetricsSocket.read(pod.loop(), runtimeDir)));
    assertWokenBy("metrics", () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }

  @Test
  void byAnExit() throws Exception {
    PodContainer container = pod.container("sleep", "1000000").run();
    assertWokenBy("exit", () -> pod.runc().kill(container.id(), "KILL"));
    Await.until("its exit", container::hasExited);
    PodContainer orphan = pod.container("sleep", "1000000").run().awaitWrittenDown();
    pod.replaceMonitor();
    assertWokenBy("exit", () -> pod.runc().kill(orphan.id(), "KILL"));
  }

  @Test
  void byASignal() throws Exception {
    assertWokenBy("signal", () -> HostCommand.run("kill", "-HUP", "" + pod.process().pid()));
  }
}
