package io.conmonj.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** fabric8's client: WebSocket with v4 only, so that stdin has no end but the session's. */
final class Fabric8Client {
  private static final int FORWARDED_BYTES = 1 << 20;

  private final StreamingBed bed;

  private Fabric8Client(StreamingBed bed) {
    this.bed = bed;
  }

  /** Runs all checks. */
  static ClientRun run(StreamingBed bed) {
    Fabric8Client checks = new Fabric8Client(bed);
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl(bed.server().toString())
                    .build())
            .build()) {
      PodResource pod = pod(client, bed.container());
      return new JvmChecks()
          .add("exec-exit-0", () -> checks.exitCode0(pod))
          .add("exec-exit-3", () -> checks.exitCode3(pod))
          .add("exec-missing-command", () -> checks.missingCommand(pod))
          .add("exec-resize", () -> checks.resize(pod))
          .add("exec-50MiB-out", () -> checks.payloadOut(pod))
          .add("exec-50MiB-in", () -> checks.payloadIn(pod))
          .add("attach", () -> checks.attach(pod(client, bed.attachable())))
          .add("port-forward", () -> checks.portForward(pod))
          .add("port-forward-refused", () -> checks.portForwardRefused(pod))
          .run();
    }
  }

  private static PodResource pod(KubernetesClient client, String name) {
    return client.pods().inNamespace(StreamingBed.NAMESPACE).withName(name);
  }

  private void exitCode0(PodResource pod) throws Exception {
    Screen out = new Screen();
    Screen err = new Screen();
    try (ExecWatch exec =
        pod.writingOutput(out).writingError(err).exec("sh", "-c", Scripts.BOTH_STREAMS)) {
      assertThat(exec.exitCode().get()).isZero();
    }
    assertThat(out.text()).isEqualTo("out");
    assertThat(err.text()).isEqualTo("err");
  }

  private void exitCode3(PodResource pod) throws Exception {
    Screen out = new Screen();
    try (ExecWatch exec = pod.writingOutput(out).exec("sh", "-c", Scripts.EXIT_3)) {
      assertThat(exec.exitCode().get()).isEqualTo(3);
    }
    assertThat(out.text()).isEqualTo("out");
  }

  private void missingCommand(PodResource pod) {
    try (ExecWatch exec = pod.writingOutput(new Screen()).exec("no-such-command")) {
      assertThatThrownBy(() -> assertThat(exec.exitCode().get()).isZero())
          .isInstanceOfAny(AssertionError.class, Exception.class);
    }
  }

  private void resize(PodResource pod) throws Exception {
    Screen screen = new Screen();
    try (ExecWatch exec =
        pod.redirectingInput()
            .writingOutput(screen)
            .withTTY()
            .exec("sh", "-c", Scripts.TELL_SIZE)) {
      exec.resize(101, 33);
      screen.awaitTextTyping(exec.getInput(), "33 101");
      exec.resize(132, 44);
      screen.awaitTextTyping(exec.getInput(), "44 132");
      Screen.type(exec.getInput(), Scripts.END_OF_TERMINAL);
      assertThat(exec.exitCode().get()).isZero();
    }
  }

  private void payloadOut(PodResource pod) throws Exception {
    MessageDigest digest = Payload.newDigest();
    OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    try (ExecWatch exec = pod.writingOutput(out).exec("sh", "-c", Scripts.PAYLOAD_OUT)) {
      assertThat(exec.exitCode().get()).isZero();
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(bed.payload().sha256());
  }

  private void payloadIn(PodResource pod) throws Exception {
    Screen out = new Screen();
    try (ExecWatch exec =
        pod.redirectingInput().writingOutput(out).exec("sh", "-c", Scripts.PAYLOAD_IN)) {
      Files.copy(bed.file(), exec.getInput());
      exec.getInput().flush();
      assertThat(exec.exitCode().get()).isZero();
    }
    assertThat(out.text()).startsWith(bed.payload().sha256());
  }

  private void attach(PodResource pod) throws Exception {
    Screen out = new Screen();
    try (ExecWatch session = pod.redirectingInput().writingOutput(out).attach()) {
      out.awaitTextTyping(session.getInput(), "got \n");
      Screen.type(session.getInput(), "hello\n");
      out.awaitText("got hello\n");
      Screen.type(session.getInput(), "quit\n");
      assertThat(session.exitCode().get()).isZero();
    }
  }

  private void portForward(PodResource pod) throws Exception {
    byte[] sent = new byte[FORWARDED_BYTES];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i % 251);
    }
    try (LocalPortForward forwarding = pod.portForward(bed.echo().port());
        Socket socket = new Socket(forwarding.getLocalAddress(), forwarding.getLocalPort())) {
      Thread.ofVirtual().start(() -> send(socket, sent));
      assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      assertThat(forwarding.errorOccurred()).isFalse();
    }
  }

  private static void send(Socket socket, byte[] data) {
    try {
      socket.getOutputStream().write(data);
    } catch (IOException cut) {
      // The reader of this connection reports it.
    }
  }

  private void portForwardRefused(PodResource pod) throws Exception {
    try (LocalPortForward forwarding = pod.portForward(bed.closedPort().number());
        Socket socket = new Socket(forwarding.getLocalAddress(), forwarding.getLocalPort())) {
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
      assertThat(forwarding.getServerThrowables().toString())
          .contains(Integer.toString(bed.closedPort().number()));
    }
  }
}
