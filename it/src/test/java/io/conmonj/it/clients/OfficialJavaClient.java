package io.conmonj.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.Attach;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** The Java client of the Kubernetes project: WebSocket, v5 and v4. */
final class OfficialJavaClient {
  private static final int FORWARDED_BYTES = 1 << 20;

  /**
   * Holds a short command back until its streams were asked for: this client gives none of a
   * session that has ended.
   */
  private static final String AFTER_A_LINE = "read -r x; ";

  private final StreamingBed bed;
  private final ApiClient client;

  private OfficialJavaClient(StreamingBed bed) {
    this.bed = bed;
    this.client = Config.fromUrl(bed.server().toString(), false);
  }

  /** Runs all checks. */
  static ClientRun run(StreamingBed bed) {
    OfficialJavaClient checks = new OfficialJavaClient(bed);
    return new JvmChecks()
        .add("exec-exit-0", checks::exitCode0)
        .add("exec-exit-3", checks::exitCode3)
        .add("exec-missing-command", checks::missingCommand)
        .addShort(Check.Names.HALF_CLOSE, checks::stdinHalfClose)
        .add("exec-resize", checks::resize)
        .add("exec-50MiB-out", checks::payloadOut)
        .add("exec-50MiB-in", checks::payloadIn)
        .addShort("attach", checks::attach)
        .add("port-forward", checks::portForward)
        .add("port-forward-refused", checks::portForwardRefused)
        .run();
  }

  private Process exec(boolean stdin, boolean tty, String... command) throws Exception {
    return new Exec(client)
        .newExecutionBuilder(StreamingBed.NAMESPACE, bed.container(), command)
        .setContainer(bed.container())
        .setStdin(stdin)
        .setTty(tty)
        .execute();
  }

  private void exitCode0() throws Exception {
    Process process = exec(true, false, "sh", "-c", AFTER_A_LINE + Scripts.BOTH_STREAMS);
    InputStream out = process.getInputStream();
    InputStream err = process.getErrorStream();
    Screen.type(process.getOutputStream(), "\n");
    assertThat(text(out)).isEqualTo("out");
    assertThat(text(err)).isEqualTo("err");
    assertThat(process.waitFor()).isZero();
  }

  private void exitCode3() throws Exception {
    Process process = exec(true, false, "sh", "-c", AFTER_A_LINE + Scripts.EXIT_3);
    InputStream out = process.getInputStream();
    Screen.type(process.getOutputStream(), "\n");
    assertThat(text(out)).isEqualTo("out");
    assertThat(process.waitFor()).isEqualTo(3);
  }

  private void missingCommand() throws Exception {
    Process process = exec(false, false, "no-such-command");
    assertThat(process.waitFor()).isNotZero();
  }

  private void stdinHalfClose() throws Exception {
    Process process = exec(true, false, "sh", "-c", Scripts.AFTER_STDIN);
    InputStream out = process.getInputStream();
    Screen.type(process.getOutputStream(), "before\n");
    process.getOutputStream().close();
    assertThat(text(out)).isEqualTo("before\nafter\n");
    assertThat(process.waitFor()).isZero();
  }

  private void resize() throws Exception {
    Exec.ExecProcess process = (Exec.ExecProcess) exec(true, true, "sh", "-c", Scripts.TELL_SIZE);
    Screen screen = new Screen();
    Thread reader = Thread.ofVirtual().start(() -> copy(process.getInputStream(), screen));
    process.resize(101, 33);
    screen.awaitTextTyping(process.getOutputStream(), "33 101");
    process.resize(132, 44);
    screen.awaitTextTyping(process.getOutputStream(), "44 132");
    Screen.type(process.getOutputStream(), Scripts.END_OF_TERMINAL);
    assertThat(process.waitFor()).isZero();
    reader.join();
  }

  private void payloadOut() throws Exception {
    Process process = exec(false, false, "sh", "-c", Scripts.PAYLOAD_OUT);
    MessageDigest digest = Payload.newDigest();
    process
        .getInputStream()
        .transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    assertThat(process.waitFor()).isZero();
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(bed.payload().sha256());
  }

  private void payloadIn() throws Exception {
    Process process = exec(true, false, "sh", "-c", Scripts.PAYLOAD_IN);
    Files.copy(bed.file(), process.getOutputStream());
    process.getOutputStream().flush();
    assertThat(text(process.getInputStream())).startsWith(bed.payload().sha256());
    assertThat(process.waitFor()).isZero();
  }

  private void attach() throws Exception {
    try (Attach.AttachResult session =
        new Attach(client)
            .newConnectionBuilder(StreamingBed.NAMESPACE, bed.attachable())
            .setContainer(bed.attachable())
            .setStdin(true)
            .setStdout(true)
            .setStderr(true)
            .connect()) {
      Screen screen = new Screen();
      InputStream out = session.getStandardOutputStream();
      Thread reader = Thread.ofVirtual().start(() -> copy(out, screen));
      screen.awaitTextTyping(session.getStandardInputStream(), "got \n");
      Screen.type(session.getStandardInputStream(), "hello\n");
      screen.awaitText("got hello\n");
      Screen.type(session.getStandardInputStream(), "quit\n");
      reader.join();
    }
  }

  private void portForward() throws Exception {
    byte[] sent = new byte[FORWARDED_BYTES];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i % 251);
    }
    int port = bed.echo().port();
    try (PortForward.PortForwardResult forwarding = forward(List.of(port))) {
      echo(forwarding, port, sent);
    }
  }

  /** Of two ports, so that the session and with it the client's streams stand until the end. */
  private void portForwardRefused() throws Exception {
    int port = bed.echo().port();
    int refused = bed.closedPort().number();
    try (PortForward.PortForwardResult forwarding = forward(List.of(port, refused))) {
      Screen errors = new Screen();
      InputStream in = forwarding.getErrorStream(refused);
      Thread.ofVirtual().start(() -> copy(in, errors));
      errors.awaitText(Integer.toString(refused));
      echo(forwarding, port, new byte[] {1, 2, 3});
    }
  }

  private PortForward.PortForwardResult forward(List<Integer> ports) throws Exception {
    return new PortForward(client).forward(StreamingBed.NAMESPACE, bed.container(), ports);
  }

  private static void echo(PortForward.PortForwardResult forwarding, int port, byte[] sent)
      throws IOException {
    OutputStream out = forwarding.getOutboundStream(port);
    Thread.ofVirtual().start(() -> send(out, sent));
    assertThat(forwarding.getInputStream(port).readNBytes(sent.length)).isEqualTo(sent);
  }

  private static String text(InputStream in) throws Exception {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void copy(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException cut) {
      // The check that waits for the rest of the output reports it.
    }
  }

  private static void send(OutputStream out, byte[] data) {
    try {
      out.write(data);
      out.flush();
    } catch (IOException cut) {
      // The reader of this connection reports it.
    }
  }
}
