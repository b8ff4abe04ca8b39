package io.conmonj.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.Eventually;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortForwardCommandTest extends CommandFixture {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private ScriptedServer server(ScriptedServer.Script<SpdyPeer> script) throws IOException {
    ScriptedServer server = ScriptedServer.spdy("portforward.k8s.io", script);
    fake.portForwardUrl(() -> server.url().toString());
    return server;
  }

  private CompletableFuture<Integer> begin(String... args) {
    return CompletableFuture.supplyAsync(() -> tool.run(args));
  }

  /** Waits until the tool listens; returns the local port. */
  private int awaitPort(String line) {
    Pattern pattern = Pattern.compile(line);
    Eventually.await("a line like " + line, () -> pattern.matcher(tool.out()).find());
    Matcher matcher = pattern.matcher(tool.out());
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void saysWhatKubectlSaysAndEndsOnCtrlC() throws Exception {
    try (ScriptedServer server =
        server(
            side -> {
              side.accept();
              side.receive();
              side.accept();
              side.data(3, "hello");
              side.until("GOAWAY 0 0");
            })) {
      CompletableFuture<Integer> code = begin("port-forward", "--address=127.0.0.1", "box", ":80");
      int port = awaitPort("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> 80\n");
      try (Socket socket = new Socket(LOOPBACK, port)) {
        assertThat(new String(socket.getInputStream().readNBytes(5), UTF_8)).isEqualTo("hello");
        awaitPort("Handling connection for (" + port + ")\n");
        tool.interrupt.run();
        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
      }
      server.awaitPlayed();
    }
    assertThat(fake.requests()).containsExactly("servePortForward box");
    assertThat(tool.err()).isEmpty();
  }

  @Test
  void tellsWhatCannotBeForwardedAndGoesOn() throws Exception {
    try (ScriptedServer server =
        server(
            side -> {
              side.accept();
              side.receive();
              side.accept();
              side.data(1, "connection refused");
              side.reset(3, 5);
              side.reset(1, 5);
              side.until("GOAWAY 0 0");
            })) {
      CompletableFuture<Integer> code = begin("port-forward", "--address=127.0.0.1", "box", ":80");
      int port = awaitPort("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> 80\n");
      try (Socket socket = new Socket(LOOPBACK, port)) {
        assertThat(socket.isConnected()).isTrue();
        Eventually.await(
            "the error",
            () -> tool.err().equals("error: forward " + port + " -> 80: connection refused\n"));
      }
      tool.interrupt.run();
      assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
      server.awaitPlayed();
    }
  }

  @Test
  void aLostConnectionIsAFailure() throws Exception {
    try (ScriptedServer _ = server(side -> side.socket().reset())) {
      assertThat(tool.run("port-forward", "box", ":80")).isEqualTo(ExitCodes.FAILED);
    }
    assertThat(tool.err()).startsWith("error: lost connection to the pod: ");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      assertThat(tool.run("port-forward", "box", taken.getLocalPort() + ":80"))
          .isEqualTo(ExitCodes.FAILED);
      assertThat(tool.err()).startsWith("error: listen on 127.0.0.1:" + taken.getLocalPort() + ":");
    }
    assertThat(fake.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1:x", "70000"})
  void whatIsNoPortIsNamed(String port) {
    assertThat(tool.run("port-forward", "box", port)).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err())
        .isEqualTo("error: port '" + port + "': must be [LOCAL:]REMOTE, each 1 to 65535\n");
  }

  @Test
  void whatIsNoAddressIsNamed() {
    assertThat(tool.run("port-forward", "--address", "here", "box", "80"))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: address 'here': must be an IP address or localhost\n");
  }

  @Test
  void withoutAPortItIsAUsageError() {
    assertThat(tool.run("port-forward", "box")).isEqualTo(ExitCodes.USAGE);
  }
}
