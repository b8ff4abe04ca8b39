package io.conmonj.it.portforward;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.NeedsContainers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built {@code conmonjctl port-forward}, as a person has it. */
@Timeout(180)
@NeedsContainers
class ConmonjctlPortForwardTest {
  private static final Pattern LISTENING =
      Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> \\d+\n");

  @TempDir private Path directory;
  private Path out;
  private Path err;

  @BeforeEach
  void name() {
    out = directory.resolve("out");
    err = directory.resolve("err");
  }

  private Process begin(EchoPod pod, String transport) throws IOException {
    return new ProcessBuilder(
            Distribution.program("conmonjctl").toString(),
            "--runtime-dir",
            pod.pod().monitor().runtimeDir().toString(),
            "port-forward",
            "--transport",
            transport,
            pod.container().id(),
            ":" + pod.echoPort())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InetSocketAddress awaitListening() {
    Await.until("it listens", () -> LISTENING.matcher(text(out)).find());
    Matcher matcher = LISTENING.matcher(text(out));
    assertThat(matcher.find()).isTrue();
    return new InetSocketAddress(
        InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(matcher.group(1)));
  }

  private static int exitCode(Process tool) throws Exception {
    assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return tool.exitValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spdy", "websocket"})
  void forwardsUntilCtrlC(String transport) throws Exception {
    try (EchoPod pod = EchoPod.start(directory.resolve("pod"))) {
      Process tool = begin(pod, transport);
      try {
        InetSocketAddress local = awaitListening();
        LocalSocket.talk(local, "through the tool");
        Await.until(
            "it says so",
            () -> text(out).endsWith("Handling connection for " + local.getPort() + "\n"));
        new ProcessBuilder("kill", "-INT", Long.toString(tool.pid())).start().waitFor();
        assertThat(exitCode(tool)).isZero();
        assertThat(text(err)).isEmpty();
      } finally {
        tool.destroyForcibly();
      }
    }
  }

  @Test
  void endsWithAnErrorWhenTheMonitorIsKilled() throws Exception {
    try (EchoPod pod = EchoPod.start(directory.resolve("pod"))) {
      Process tool = begin(pod, "spdy");
      try {
        awaitListening();
        ProcessHandle.of(pod.pod().monitor().processId()).orElseThrow().destroyForcibly();
        assertThat(exitCode(tool)).isEqualTo(1);
        assertThat(text(err)).startsWith("error: lost connection to the pod: ").hasLineCount(1);
      } finally {
        tool.destroyForcibly();
      }
    }
  }
}
