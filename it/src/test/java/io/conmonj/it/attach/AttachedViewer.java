package io.conmonj.it.attach;

import io.conmonj.client.model.AttachSettings;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One client attached to a container, with all that it has seen. */
final class AttachedViewer implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final ContainerSession session;

  private AttachedViewer(BusyboxPod pod, ServeAttachRequest request, Transport transport)
      throws IOException {
    session =
        Replies.await(
            pod.monitor()
                .attach(
                    request,
                    StreamOptions.of(stdout, stderr)
                        .withConnection(ConnectionOptions.over(transport))));
  }

  static AttachedViewer watching(BusyboxPod pod, PodContainer container) throws IOException {
    return watching(pod, container, AttachSettings.NONE, Transport.WEBSOCKET);
  }

  static AttachedViewer typing(BusyboxPod pod, PodContainer container) throws IOException {
    return typing(pod, container, AttachSettings.NONE, Transport.WEBSOCKET);
  }

  static AttachedViewer watching(
      BusyboxPod pod, PodContainer container, AttachSettings settings, Transport transport)
      throws IOException {
    return new AttachedViewer(
        pod, ServeAttachRequest.watch(container.id()).with(settings), transport);
  }

  static AttachedViewer typing(
      BusyboxPod pod, PodContainer container, AttachSettings settings, Transport transport)
      throws IOException {
    return new AttachedViewer(
        pod, ServeAttachRequest.interact(container.id()).with(settings), transport);
  }

  void type(String text) throws IOException {
    session.stdin().write(text.getBytes(StandardCharsets.UTF_8));
    session.stdin().flush();
  }

  void endInput() throws IOException {
    session.stdin().close();
  }

  void resize(WindowSize size) {
    session.resize(size);
  }

  String output() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  String errorOutput() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  void awaitOutput(String text) {
    Await.until("'" + text + "' in " + output(), () -> output().contains(text));
  }

  /** How the session ended. */
  ExecStatus status() throws Exception {
    return session.status().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    session.close();
  }
}
