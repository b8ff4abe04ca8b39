package io.conmonj.it.exec;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one command in a container over its streaming URL, to its end. */
final class RemoteCommand {
  private static final long LIMIT_SECONDS = 120;

  private RemoteCommand() {}

  /**
   * What came of it.
   *
   * @param stdout all of its output
   * @param stderr all of its error output
   * @param status as the server said
   */
  record Result(String stdout, String stderr, ExecStatus status) {}

  static Result run(BusyboxPod pod, PodContainer container, String... command) throws Exception {
    return run(pod, ServeExecRequest.output(container.id(), List.of(command)), "");
  }

  static Result runWithInput(
      BusyboxPod pod, PodContainer container, String input, String... command) throws Exception {
    return run(pod, ServeExecRequest.piped(container.id(), List.of(command)), input);
  }

  static ExecStatus runInto(
      BusyboxPod pod, PodContainer container, OutputStream stdout, String... command)
      throws Exception {
    ServeExecRequest request = ServeExecRequest.output(container.id(), List.of(command));
    try (ContainerSession session =
        Replies.await(pod.monitor().exec(request, StreamOptions.of(stdout, stdout)))) {
      return status(session);
    }
  }

  static Result run(BusyboxPod pod, ServeExecRequest request, String input) throws Exception {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    try (ContainerSession session =
        Replies.await(pod.monitor().exec(request, StreamOptions.of(stdout, stderr)))) {
      if (request.stdin()) {
        write(session, input);
      }
      ExecStatus status = status(session);
      return new Result(
          stdout.toString(StandardCharsets.UTF_8), stderr.toString(StandardCharsets.UTF_8), status);
    }
  }

  private static void write(ContainerSession session, String input) throws IOException {
    session.stdin().write(input.getBytes(StandardCharsets.UTF_8));
    session.stdin().close();
  }

  static ExecStatus status(ContainerSession session) throws Exception {
    return session.status().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
