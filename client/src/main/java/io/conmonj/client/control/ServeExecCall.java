package io.conmonj.client.control;

import io.conmonj.client.ServeExecRequest;
import io.conmonj.schema.Conmon;
import java.net.URI;

/** Prepares a command and gets the URL that runs it. */
public final class ServeExecCall {
  private ServeExecCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmon.ServeExecContainerRequest.Builder, Conmon.ServeExecContainerResponse.Reader, URI>
      of(ServeExecRequest exec) {
    return new ControlCall<>(
        "serve exec in container " + exec.containerId(),
        Conmon.INTERFACE_ID,
        Conmon.SERVE_EXEC_CONTAINER,
        Conmon.ServeExecContainerRequest.factory,
        request -> fill(request, exec),
        Conmon.ServeExecContainerResponse.factory,
        response -> URI.create(response.getUrl().toString()));
  }

  private static void fill(
      Conmon.ServeExecContainerRequest.Builder request, ServeExecRequest exec) {
    request.setId(exec.containerId());
    request.setTty(exec.terminal());
    request.setStdin(exec.stdin());
    request.setStdout(exec.stdout());
    request.setStderr(exec.stderr());
    request.setCgroupManager(Messages.cgroupManager(exec.cgroupManager()));
    Messages.texts(exec.command(), request::initCommand);
    Messages.map(exec.metadata(), request::initMetadata);
  }
}
