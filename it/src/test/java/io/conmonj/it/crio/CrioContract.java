package io.conmonj.it.crio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conmonj.it.crio.CrioPod.Container;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.proc.MonitorFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What works whatever {@code stream_websockets} is, seen through crictl. */
@NeedsCrio
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CrioContract {
  private static final String COUNTS = "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.2; done";

  /** Up to what follows the port: its first digits may come alone. */
  private static final Pattern FORWARDING =
      Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> ");

  private static final long LIMIT = 24L * 1024 * 1024;

  private CrioNode node;

  /** What the node has for {@code stream_websockets}. */
  abstract boolean webSockets();

  /** What crictl may speak: CRI-O's own server has no WebSocket. */
  List<String> transports() {
    return webSockets() ? List.of("spdy", "websocket") : List.of("spdy");
  }

  @BeforeAll
  void startNode(@TempDir Path directory) throws Exception {
    node = CrioNode.start(CrioPrograms.built(), directory, webSockets());
  }

  @AfterAll
  void stopNode() throws IOException {
    if (node != null) {
      node.close();
    }
  }

  CrioNode node() {
    return node;
  }

  @Test
  void aPodLivesAndEndsAndItsMonitorWithIt() throws Exception {
    CrioPod pod = CrioPod.run(node, "life");
    MonitorFacts monitor = new MonitorFacts(pod.monitor());
    Container container = pod.start("ends", "echo out; echo err >&2; exit 42");
    JsonNode status = container.awaitExit();
    assertThat(status.get("exitCode").asInt()).isEqualTo(42);
    assertThat(status.get("reason").asText()).isEqualTo("Error");
    assertThat(container.logged()).contains(" stdout F out\n").contains(" stderr F err\n");
    assertThat(monitor.isAlive()).isTrue();
    pod.remove();
    assertThat(monitor.isAlive()).isFalse();
    assertThat(node.crictl().run("pods", "-q")).doesNotContain(pod.id());
  }

  @Test
  void execSyncHasOutputCodesAndATimeout() throws Exception {
    CrioPod pod = CrioPod.run(node, "exec-sync");
    String id = pod.start("counts", COUNTS).id();
    assertThat(node.crictl().run("exec", "-s", id, "echo", "out")).isEqualTo("out");
    Crictl.Result failed = node.crictl().tries("exec", "-s", id, "sh", "-c", "echo e >&2; exit 7");
    assertThat(failed.succeeded()).isFalse();
    assertThat(failed.error()).contains("exited with 7");
    Crictl.Result late = node.crictl().tries("exec", "-s", "--timeout", "1", id, "sleep", "100000");
    assertThat(late.succeeded()).isFalse();
    assertThat(late.error()).contains("command timed out");
    assertThat(node.crictl().run("exec", "-s", id, "ps")).doesNotContain("100000");
    pod.remove();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void execHasStreamsAndCodes(String transport) throws Exception {
    CrioPod pod = CrioPod.run(node, "exec-" + transport);
    String id = pod.start("counts", COUNTS).id();
    Crictl.Result three =
        node.crictl()
            .tries("exec", "-r", transport, id, "sh", "-c", "echo out; echo err >&2; exit 3");
    assertThat(three.out()).isEqualTo("out\n");
    assertThat(three.error()).startsWith("err\n").contains("exit code 3");
    String much = "0123456789abcdef\n".repeat(20_000);
    Crictl.Result through = node.crictl().triesWith(much, "exec", "-i", "-r", transport, id, "cat");
    assertThat(through.code()).isZero();
    assertThat(through.out()).isEqualTo(much);
    pod.remove();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void execOnATerminalHasItsSize(String transport) throws Exception {
    CrioPod pod = CrioPod.run(node, "terminal-" + transport);
    String id = pod.start("counts", COUNTS).id();
    try (AttachedCrictl shell =
        AttachedCrictl.onTerminal(node.crictl(), "exec", "-it", "-r", transport, id, "sh")) {
      shell.awaitShown("# ");
      shell.type("until [ \"$(stty size)\" = '33 77' ]; do :; done; echo size-$((6*7))\n");
      shell.awaitShown("size-42");
      shell.type("exit\n");
      assertThat(shell.awaitEnd()).isZero();
    }
    pod.remove();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whoAttachesWithoutStdinSeesAllThatFollowsToItsEnd(String transport) throws Exception {
    CrioPod pod = CrioPod.run(node, "attach-" + transport);
    Container container =
        pod.start(
            "waits", "until [ -e /go ]; do echo wait; sleep 0.1; done; seq 1 5000; echo the-end");
    try (AttachedCrictl viewer =
        AttachedCrictl.onPipes(node.crictl(), "attach", "-r", transport, container.id())) {
      viewer.awaitShown("wait");
      container.touch("/go");
      viewer.awaitShown("the-end");
      viewer.awaitEnd();
      assertThat(viewer.shown().lines().filter(line -> line.matches("\\d+")))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 5000).mapToObj(Integer::toString).toList());
    }
    pod.remove();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whoAttachesWithATerminalSeesAllThatFollowsAndGivesItTheirSize(String transport)
      throws Exception {
    CrioPod pod = CrioPod.run(node, "screen-" + transport);
    Container container =
        pod.start(
            "waits",
            "until [ \"$(stty size)\" = '33 77' ]; do echo small; sleep 0.1; done; echo the-end; exit 4",
            wishes -> wishes.put("tty", true));
    try (AttachedCrictl screen =
        AttachedCrictl.onTerminal(
            node.crictl(), "attach", "-it", "-r", transport, container.id())) {
      screen.awaitShown("the-end");
      screen.awaitEnd();
    }
    assertThat(container.awaitExit().get("exitCode").asInt()).isEqualTo(4);
    pod.remove();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void stdinOnceEndsWithItsFirstClient(String transport) throws Exception {
    CrioPod pod = CrioPod.run(node, "once-" + transport);
    Container container =
        pod.start(
            "reads",
            "while read line; do echo got $line; done; echo over",
            wishes -> wishes.put("stdin", true).put("stdin_once", true));
    node.crictl().triesWith("one\ntwo\n", "attach", "-i", "-r", transport, container.id());
    assertThat(container.awaitExit().get("exitCode").asInt()).isZero();
    assertThat(container.logged().lines().map(line -> line.split(" ", 4)[3]))
        .containsExactly("got one", "got two", "over");
    pod.remove();
  }

  @Test
  void stdinThatIsNotOnceOutlivesItsClients() throws Exception {
    CrioPod pod = CrioPod.run(node, "more-than-once");
    Container container = pod.start("reads", "cat", wishes -> wishes.put("stdin", true));
    for (String word : List.of("first", "second")) {
      try (AttachedCrictl client =
          AttachedCrictl.onPipes(node.crictl(), "attach", "-i", container.id())) {
        client.type(word + "\n");
        container.awaitLogged("stdout F " + word + "\n");
      }
    }
    assertThat(container.status().get("state").asText()).isEqualTo("CONTAINER_RUNNING");
    pod.remove();
  }

  @Test
  void whatRanOutOfMemoryIsReportedSo() throws Exception {
    CrioPod pod = CrioPod.run(node, "memory");
    Container container =
        pod.start(
            "greedy",
            "exec dd if=/dev/zero of=/dev/null bs=100M count=1",
            wishes ->
                wishes
                    .withObject("/linux")
                    .putObject("resources")
                    .put("memory_limit_in_bytes", LIMIT));
    JsonNode status = container.awaitExit();
    assertThat(status.get("exitCode").asInt()).isEqualTo(137);
    assertThat(status.get("reason").asText()).isEqualTo("OOMKilled");
    pod.remove();
  }

  @Test
  void stoppingGivesGraceAndThenKills() throws Exception {
    CrioPod pod = CrioPod.run(node, "stop");
    Container kind =
        pod.start("kind", "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.1; done");
    Container stubborn =
        pod.start("stubborn", "trap '' TERM; echo ready; while :; do sleep 0.1; done");
    kind.awaitLogged("ready");
    stubborn.awaitLogged("ready");
    node.crictl().run("stop", "--timeout", "30", kind.id());
    assertThat(kind.awaitExit().get("exitCode").asInt()).isEqualTo(5);
    assertThat(kind.logged()).contains("stdout F bye\n");
    node.crictl().run("stop", "--timeout", "1", stubborn.id());
    assertThat(stubborn.awaitExit().get("exitCode").asInt()).isEqualTo(137);
    pod.remove();
  }

  @Test
  void aLogIsReopenedByItsNameAndNoLineIsLost() throws Exception {
    CrioPod pod = CrioPod.run(node, "logs");
    Container container =
        pod.start("fast", "i=0; while [ ! -e /stop ]; do echo $i; i=$((i+1)); done; echo over");
    container.awaitLogged("stdout F 1000\n");
    Path rotated = container.log().resolveSibling("rotated.log");
    Files.move(container.log(), rotated);
    assertThat(reopen(container).succeeded()).isTrue();
    container.touch("/stop");
    container.awaitExit();
    List<String> lines = CriLogFiles.lines("stdout", List.of(rotated, container.log()));
    assertThat(lines).last().isEqualTo("over");
    for (int i = 0; i < lines.size() - 1; i++) {
      assertThat(lines.get(i)).isEqualTo(Integer.toString(i));
    }
    pod.remove();
  }

  @Test
  void aLogIsRotatedAtTheSizeThatCrioIsConfiguredFor() throws Exception {
    long most = 65_536;
    node.stopCrio();
    node.configure("20-logs.conf", "[crio.runtime]\nlog_size_max = " + most + "\n");
    node.startCrio();
    CrioPod pod = CrioPod.run(node, "rotation");
    Container container = pod.start("counts", "seq 1 2000; echo over");
    container.awaitExit();
    Path old = container.log().resolveSibling(container.log().getFileName() + ".1");
    assertThat(old).isRegularFile();
    assertThat(List.of(Files.size(old), Files.size(container.log())))
        .allMatch(size -> size <= most);
    List<String> lines = CriLogFiles.lines("stdout", List.of(old, container.log()));
    assertThat(lines).hasSize(2001).endsWith("1999", "2000", "over").startsWith("1", "2");
    pod.remove();
    node.stopCrio();
    node.configure("20-logs.conf", "");
    node.startCrio();
  }

  @Test
  void aRestartOfCrioIsNotSeenByTheContainersAndTheirLogs() throws Exception {
    CrioPod pod = CrioPod.run(node, "restart");
    Container container =
        pod.start(
            "counts", "i=0; until [ -e /go ]; do echo $i; i=$((i+1)); sleep 0.01; done; exit 3");
    container.awaitLogged("stdout F 10\n");
    try (AttachedCrictl viewer = AttachedCrictl.onPipes(node.crictl(), "attach", container.id())) {
      viewer.awaitShown("\n");
      node.stopCrio();
      int before = container.logged().length();
      Await.until("more in the log", () -> container.logged().length() > before + 1000);
      node.startCrio();
    }
    assertThat(node.crictl().run("exec", "-s", container.id(), "echo", "sync")).isEqualTo("sync");
    try (AttachedCrictl viewer = AttachedCrictl.onPipes(node.crictl(), "attach", container.id())) {
      viewer.awaitShown("\n");
      assertThat(node.crictl().run("exec", container.id(), "true")).isEmpty();
      container.touch("/go");
      viewer.awaitEnd();
    }
    assertThat(container.awaitExit().get("exitCode").asInt()).isEqualTo(3);
    List<String> lines = CriLogFiles.lines("stdout", List.of(container.log()));
    assertThat(lines)
        .containsExactlyElementsOf(
            IntStream.range(0, lines.size()).mapToObj(Integer::toString).toList());
    pod.remove();
  }

  private Crictl.Result reopen(Container container) {
    return node.crictl().tries("logs", "--reopen", container.id());
  }

  private static String greeting(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return new String(socket.getInputStream().readNBytes(6), StandardCharsets.UTF_8);
    } catch (IOException cutOff) {
      return "";
    }
  }

  @Test
  void portForwardReachesThePod() throws Exception {
    CrioPod pod = CrioPod.run(node, "forward");
    pod.start("serves", "while :; do echo hello | nc -l -p 8080; done");
    try (AttachedCrictl forward =
        AttachedCrictl.onPipes(node.crictl(), "port-forward", pod.id(), ":8080")) {
      int port = Integer.parseInt(forward.awaitShown(FORWARDING).group(1));
      // The container may be about to listen.
      Await.until("the container's greeting", () -> greeting(port).equals("hello\n"));
    }
    pod.remove();
  }
}
