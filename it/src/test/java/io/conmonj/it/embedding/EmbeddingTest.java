package io.conmonj.it.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.portforward.ForwardedPort;
import io.conmonj.client.portforward.PortForward;
import io.conmonj.client.portforward.PortForwardListener;
import io.conmonj.client.portforward.PortForwardOptions;
import io.conmonj.client.portforward.PortMapping;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.EchoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class EmbeddingTest {
  /** What README names as needed: codec-http, handler and classes-epoll, with what they bring. */
  private static final String DEPENDENCIES =
      "conmonj-streaming-.*\\.jar|slf4j-api-.*\\.jar|netty-(common|buffer|resolver|transport"
          + "|transport-classes-epoll|transport-native-unix-common|codec-base|codec-compression"
          + "|codec-http|handler)-4.*\\.jar";

  private static final RequestedStreams OUTPUT = new RequestedStreams(false, true, false, false);
  private static final RequestedStreams BOTH_OUTPUTS =
      new RequestedStreams(false, true, true, false);
  private static final RequestedStreams ALL = new RequestedStreams(true, true, true, false);

  private final ClientLoop loop = new ClientLoop();
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    loop.close();
  }

  private ContainerSession open(String url, RequestedStreams streams, Transport transport)
      throws IOException {
    StreamOptions options =
        StreamOptions.of(stdout, new ByteArrayOutputStream())
            .withConnection(ConnectionOptions.over(transport));
    return Replies.await(ContainerSession.open(loop, URI.create(url), streams, options));
  }

  @Test
  void readmeShowsTheProgramThatIsTestedHere() throws IOException {
    Path source =
        Distribution.project().resolve("it/src/main/java/io/conmonj/it/embedding/Greeting.java");
    String text = Files.readString(source);
    String program = text.substring(text.indexOf("public final class"));
    assertThat(Files.readString(Distribution.project().resolve("README.md")))
        .contains("```java\n" + program + "```\n");
    assertThat(program.lines()).hasSizeLessThanOrEqualTo(25);
  }

  @ParameterizedTest
  @EnumSource
  void aProgramWithTheNamedDependenciesServesItsClients(Transport transport) throws IOException {
    try (ExampleProgram program = ExampleProgram.start(Greeting.class, DEPENDENCIES);
        ContainerSession session = open(program.line(), OUTPUT, transport)) {
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
      assertThat(stdout).hasToString("Good day.\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLocalServerRunsCommands(Transport transport) throws IOException {
    try (ExampleProgram program = ExampleProgram.start(LocalServer.class);
        ContainerSession session = open(program.ask("exec -i sort -r"), ALL, transport)) {
      session.stdin().write("a\nb\n".getBytes(StandardCharsets.UTF_8));
      session.stdin().close();
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
      assertThat(stdout).hasToString("b\na\n");
      assertThat(program.endInput()).isZero();
    }
  }

  @Test
  void theLocalServerTellsExitCodes() throws IOException {
    try (ExampleProgram program = ExampleProgram.start(LocalServer.class);
        ContainerSession session = open(program.ask("exec false"), BOTH_OUTPUTS, Transport.SPDY)) {
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(1));
    }
  }

  @Test
  void theLocalServerAttachesToWhatItWasTold() throws IOException {
    try (ExampleProgram program = ExampleProgram.start(LocalServer.class)) {
      assertThat(program.ask("start counter wc -c")).isEqualTo("ready to attach to counter");
      try (ContainerSession session = open(program.ask("attach counter"), ALL, Transport.SPDY)) {
        session.stdin().write("12345".getBytes(StandardCharsets.UTF_8));
        session.stdin().close();
        assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
        assertThat(stdout).hasToString("5\n");
      }
    }
  }

  @Test
  void theLocalServerForwardsPorts() throws IOException {
    try (ExampleProgram program = ExampleProgram.start(LocalServer.class);
        EchoServer echo = EchoServer.start()) {
      URI url = URI.create(program.ask("port-forward " + echo.port()));
      PortForwardOptions options =
          PortForwardOptions.local(List.of(new PortMapping(0, echo.port())), new Unheard());
      try (PortForward forward = Replies.await(PortForward.open(loop, url, options));
          Socket socket = new Socket()) {
        socket.connect(forward.ports().getFirst().local());
        socket.getOutputStream().write("echo".getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("echo");
      }
    }
  }

  @Test
  void theLocalServerSaysWhatItDoesNotUnderstand() throws IOException {
    try (ExampleProgram program = ExampleProgram.start(LocalServer.class)) {
      assertThat(program.ask("exec")).isEqualTo("error: nothing to exec");
      assertThat(program.ask("dance please")).isEqualTo("error: unknown: dance");
      assertThat(program.ask("port-forward http")).isEqualTo("error: not ports: http");
      assertThat(program.ask("port-forward 80")).startsWith("http://127.0.0.1:");
    }
  }

  /** What goes wrong shows in what comes back. */
  private static final class Unheard implements PortForwardListener {
    @Override
    public void connected(ForwardedPort port) {}

    @Override
    public void failed(ForwardedPort port, String message) {}
  }
}
