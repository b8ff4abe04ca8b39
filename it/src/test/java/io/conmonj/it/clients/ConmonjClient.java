package io.conmonj.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.portforward.PortForward;
import io.conmonj.client.portforward.PortForwardOptions;
import io.conmonj.client.portforward.PortMapping;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.portforward.ForwardLog;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Our own Java client, over one of its transports. */
final class ConmonjClient {
  private static final RequestedStreams OUTPUT = new RequestedStreams(false, true, true, false);
  private static final RequestedStreams PIPED = new RequestedStreams(true, true, true, false);
  private static final RequestedStreams TERMINAL = new RequestedStreams(true, true, false, true);

  private final StreamingBed bed;
  private final ClientLoop loop;
  private final ConnectionOptions streaming;

  private ConmonjClient(StreamingBed bed, ClientLoop loop, Transport transport) {
    this.bed = bed;
    this.loop = loop;
    this.streaming = ConnectionOptions.over(transport);
  }

  /** Runs all checks. */
  static ClientRun run(StreamingBed bed, Transport transport) {
    try (ClientLoop loop = new ClientLoop()) {
      ConmonjClient checks = new ConmonjClient(bed, loop, transport);
      return new JvmChecks()
          .add("exec-exit-0", checks::exitCode0)
          .add("exec-exit-3", checks::exitCode3)
          .add("exec-missing-command", checks::missingCommand)
          .add("exec-stdin-half-close", checks::halfClose)
          .add("exec-resize", checks::resize)
          .add("exec-50MiB-out", checks::payloadOut)
          .add("exec-50MiB-in", checks::payloadIn)
          .add("attach", checks::attach)
          .add("port-forward", checks::portForward)
          .add("port-forward-refused", checks::portForwardRefused)
          .run();
    }
  }

  private void exitCode0() throws Exception {
    Screen out = new Screen();
    Screen err = new Screen();
    try (ContainerSession session =
        exec(OUTPUT, StreamOptions.of(out, err), "sh", "-c", Scripts.BOTH_STREAMS)) {
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
    }
    assertThat(out.text()).isEqualTo("out");
    assertThat(err.text()).isEqualTo("err");
  }

  private void exitCode3() throws Exception {
    Screen out = new Screen();
    try (ContainerSession session =
        exec(OUTPUT, StreamOptions.of(out, out), "sh", "-c", Scripts.EXIT_3)) {
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(3));
    }
    assertThat(out.text()).isEqualTo("out");
  }

  private void missingCommand() throws Exception {
    Screen out = new Screen();
    try (ContainerSession session = exec(OUTPUT, StreamOptions.of(out, out), "no-such-command")) {
      assertThat(Replies.await(session.status()))
          .isInstanceOfSatisfying(
              ExecStatus.Failed.class,
              failed -> assertThat(failed.message()).contains("no-such-command"));
    }
  }

  private void halfClose() throws Exception {
    Screen out = new Screen();
    try (ContainerSession session =
        exec(PIPED, StreamOptions.of(out, out), "sh", "-c", Scripts.AFTER_STDIN)) {
      Screen.type(session.stdin(), "before\n");
      session.stdin().close();
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
    }
    assertThat(out.text()).isEqualTo("before\nafter\n");
  }

  private void resize() throws Exception {
    Screen screen = new Screen();
    try (ContainerSession session =
        exec(
            TERMINAL,
            StreamOptions.terminal(screen, new WindowSize(101, 33)),
            "sh",
            "-c",
            Scripts.TELL_SIZE)) {
      screen.awaitTextTyping(session.stdin(), "33 101");
      session.resize(new WindowSize(132, 44));
      screen.awaitTextTyping(session.stdin(), "44 132");
      Screen.type(session.stdin(), Scripts.END_OF_TERMINAL);
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
    }
  }

  private void payloadOut() throws Exception {
    MessageDigest digest = Payload.newDigest();
    OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    try (ContainerSession session =
        exec(OUTPUT, StreamOptions.of(out, new Screen()), "sh", "-c", Scripts.PAYLOAD_OUT)) {
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(bed.payload().sha256());
  }

  private void payloadIn() throws Exception {
    Screen out = new Screen();
    try (ContainerSession session =
        exec(PIPED, StreamOptions.of(out, out), "sh", "-c", Scripts.PAYLOAD_IN)) {
      Files.copy(bed.file(), session.stdin());
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
    }
    assertThat(out.text()).startsWith(bed.payload().sha256());
  }

  private void attach() throws Exception {
    Screen out = new Screen();
    // Whether a container has a terminal is not known here, so that there may be sizes.
    RequestedStreams streams = new RequestedStreams(true, true, true, true);
    try (ContainerSession session =
        open(bed.attachable(), "attach?" + query(PIPED), streams, StreamOptions.of(out, out))) {
      out.awaitTextTyping(session.stdin(), "got \n");
      Screen.type(session.stdin(), "hello\n");
      out.awaitText("got hello\n");
      Screen.type(session.stdin(), "quit\n");
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
    }
  }

  private void portForward() throws Exception {
    byte[] sent = Files.readAllBytes(bed.file());
    try (PortForward forward = forward(new ForwardLog(), bed.echo().port());
        Socket socket = connect(forward, 0)) {
      Thread.ofVirtual().start(() -> send(socket, sent));
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
    }
  }

  private static void send(Socket socket, byte[] data) {
    try {
      socket.getOutputStream().write(data);
      socket.shutdownOutput();
    } catch (IOException cut) {
      // The reader of this connection reports it.
    }
  }

  private void portForwardRefused() throws Exception {
    ForwardLog log = new ForwardLog();
    try (PortForward forward = forward(log, bed.closedPort().number(), bed.echo().port())) {
      // The reset may come before the socket has seen that it is connected.
      assertThatThrownBy(() -> read(forward, 0)).isExactlyInstanceOf(SocketException.class);
      log.awaitFailure(Integer.toString(bed.closedPort().number()));
      try (Socket socket = connect(forward, 1)) {
        socket.getOutputStream().write("on".getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("on");
      }
    }
  }

  private PortForward forward(ForwardLog log, Integer... ports) throws IOException {
    List<PortMapping> mappings = Stream.of(ports).map(port -> new PortMapping(0, port)).toList();
    PortForwardOptions options =
        new PortForwardOptions(List.of("127.0.0.1"), mappings, streaming, log);
    return Replies.await(PortForward.open(loop, url(bed.container(), "portforward"), options));
  }

  private static int read(PortForward forward, int port) throws IOException {
    try (Socket socket = connect(forward, port)) {
      return socket.getInputStream().read();
    }
  }

  private static Socket connect(PortForward forward, int port) throws IOException {
    InetSocketAddress local = forward.ports().get(port).local();
    return new Socket(local.getAddress(), local.getPort());
  }

  private ContainerSession exec(RequestedStreams streams, StreamOptions options, String... command)
      throws Exception {
    StringBuilder request = new StringBuilder("exec?").append(query(streams));
    for (String word : command) {
      request.append("&command=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
    }
    return open(bed.container(), request.toString(), streams, options);
  }

  private ContainerSession open(
      String pod, String request, RequestedStreams streams, StreamOptions options)
      throws Exception {
    return Replies.await(
        ContainerSession.open(loop, url(pod, request), streams, options.withConnection(streaming)));
  }

  private URI url(String pod, String request) {
    return bed.server()
        .resolve("/api/v1/namespaces/" + StreamingBed.NAMESPACE + "/pods/" + pod + "/" + request);
  }

  private static String query(RequestedStreams streams) {
    return "stdin=%s&stdout=%s&stderr=%s&tty=%s"
        .formatted(streams.stdin(), streams.stdout(), streams.stderr(), streams.resize());
  }
}
