package io.conmonj.client.control;

import io.conmonj.client.model.ExecSettings;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;
import java.net.URI;

/** Prepares a command and gets the URL that runs it. */
public final class ServeExecCall {
  private ServeExecCall() {}

  /**
   * Makes the call: that of the compatible interface, which every monitor has; with settings, which
   * it cannot carry, that of conmonj's own.
   */
  public static ControlCall<?, ?, URI> of(ServeExecRequest exec) {
    return exec.settings().equals(ExecSettings.NONE) ? compatible(exec) : withSettings(exec);
  }

  private static ControlCall<?, ?, URI> compatible(ServeExecRequest exec) {
    return new ControlCall<>(
        "serve exec in container " + exec.containerId(),
        Conmon.INTERFACE_ID,
        Conmon.SERVE_EXEC_CONTAINER,
        Conmon.ServeExecContainerRequest.factory,
        request -> fill(request, exec),
        Conmon.ServeExecContainerResponse.factory,
        response -> URI.create(response.getUrl().toString()));
  }

  private static ControlCall<?, ?, URI> withSettings(ServeExecRequest exec) {
    return new ControlCall<>(
        "serve exec in container " + exec.containerId(),
        Conmonj.INTERFACE_ID,
        Conmonj.SERVE_EXEC,
        Conmonj.ServeExecRequest.factory,
        request -> fill(request, exec),
        Conmonj.ServeExecResponse.factory,
        response -> URI.create(response.getUrl().toString()));
  }

  private static void fill(Conmonj.ServeExecRequest.Builder request, ServeExecRequest exec) {
    request.setId(exec.containerId());
    Messages.texts(exec.command(), request::initCommand);
    request.setTty(exec.terminal());
    request.setStdin(exec.stdin());
    request.setStdout(exec.stdout());
    request.setStderr(exec.stderr());
    ExecSettings settings = exec.settings();
    Messages.texts(settings.environment(), request::initEnv);
    settings.workingDirectory().ifPresent(request::setWorkingDirectory);
    settings.user().ifPresent(request::setUser);
    Messages.ids(settings.additionalGroups(), request::initAdditionalGroups);
    settings
        .size()
        .ifPresent(
            size -> {
              request.setColumns(size.columns());
              request.setRows(size.rows());
            });
    settings.detachKeys().ifPresent(request::setDetachKeys);
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
