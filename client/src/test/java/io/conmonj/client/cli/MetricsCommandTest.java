package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class MetricsCommandTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: ";
  private static final String UP = "# HELP up Up.\n# TYPE up gauge\nup 1\n";

  @TempDir Path node;

  private final List<ServerSocketChannel> listeners = new ArrayList<>();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  @AfterEach
  void close() throws IOException {
    for (ServerSocketChannel each : listeners) {
      each.close();
    }
  }

  private ServerSocketChannel listen(Path directory) throws IOException {
    Files.createDirectories(directory);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(directory.resolve("metrics.sock")));
    listeners.add(listener);
    return listener;
  }

  /** Answers whoever connects, once, with these very bytes. */
  private Path monitor(String name, String answer) throws IOException {
    Path directory = node.resolve(name);
    ServerSocketChannel listener = listen(directory);
    Thread.ofVirtual()
        .start(
            () -> {
              try (SocketChannel client = listener.accept()) {
                ByteBuffer request = ByteBuffer.allocate(1024);
                client.read(request);
                requests.add(
                    new String(request.array(), 0, request.position(), StandardCharsets.UTF_8));
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
              } catch (IOException closed) {
                requests.add(closed.toString());
              }
            });
    return directory;
  }

  private static String answer(String body) {
    return HEAD + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void printsWhatTheMonitorTells() throws Exception {
    ToolRun tool = new ToolRun(monitor("pod", answer(UP)));
    assertThat(tool.run("metrics")).as(tool.err()).isZero();
    assertThat(tool.out()).isEqualTo(UP);
    assertThat(requests.take()).startsWith("GET /metrics HTTP/1.1\r\nHost: ").endsWith("\r\n\r\n");
  }

  @Test
  void printsThoseOfANodeWithTheirPods() throws Exception {
    monitor("b", answer("# HELP up Up.\n# TYPE up gauge\nup 0\n"));
    monitor("a/userdata", answer(UP));
    Files.createDirectory(node.resolve("empty"));
    listen(node.resolve("killed")).close();
    ToolRun tool = new ToolRun(node.resolve("nowhere"));
    assertThat(tool.run("metrics", "--all", node.toString())).as(tool.err()).isZero();
    assertThat(tool.out())
        .isEqualTo(
            """
            # HELP up Up.
            # TYPE up gauge
            up{pod="a/userdata"} 1
            up{pod="b"} 0
            """);
    assertThat(tool.err()).isEmpty();
  }

  @Test
  void aMonitorThatAnswersNonsenseDoesNotHideTheOthers() throws Exception {
    monitor("a", HEAD + "99\r\n\r\nup 1\n");
    monitor("b", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    monitor("c", answer(UP));
    ToolRun tool = new ToolRun(node.resolve("nowhere"));
    assertThat(tool.run("metrics", "--all", node.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.out()).endsWith("up{pod=\"c\"} 1\n");
    assertThat(tool.err())
        .isEqualTo(
            "error: no metrics at "
                + node.resolve("a")
                + ": the monitor's answer was cut off\n"
                + "error: no metrics at "
                + node.resolve("b")
                + ": the monitor answered HTTP/1.1 404 Not Found\n");
  }

  @Test
  void withoutAMonitorThatIsSaid() {
    ToolRun tool = new ToolRun(node.resolve("nowhere"));
    assertThat(tool.run("metrics")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err())
        .isEqualTo("error: no metrics at " + node.resolve("nowhere") + ": no monitor is there\n");
  }

  @Test
  void aNodeWithoutMonitorsHasNoMetricsAndOneThatIsNotThereIsAnError() throws Exception {
    ToolRun tool = new ToolRun(node);
    assertThat(tool.run("metrics", "--all", node.toString())).isZero();
    assertThat(tool.out()).isEmpty();
    assertThat(tool.run("metrics", "--all", node.resolve("nowhere").toString()))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).contains("nowhere");
  }
}
