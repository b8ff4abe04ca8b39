package io.conmonj.client.control;

import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.schema.Conmon;
import java.time.Duration;

/** Runs a command in a container to its end. */
public final class ExecSyncCall {
  private ExecSyncCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmon.ExecSyncContainerRequest.Builder,
          Conmon.ExecSyncContainerResponse.Reader,
          ExecSyncResult>
      of(ExecSyncRequest exec) {
    return new ControlCall<>(
        "exec in container " + exec.containerId(),
        Conmon.INTERFACE_ID,
        Conmon.EXEC_SYNC_CONTAINER,
        Conmon.ExecSyncContainerRequest.factory,
        request -> fill(request, exec),
        Conmon.ExecSyncContainerResponse.factory,
        response ->
            new ExecSyncResult(
                response.getExitCode(),
                response.getTimedOut(),
                response.getStdout().toArray(),
                response.getStderr().toArray()));
  }

  private static void fill(Conmon.ExecSyncContainerRequest.Builder request, ExecSyncRequest exec) {
    request.setId(exec.containerId());
    request.setTimeoutSec(wholeSeconds(exec.timeout()));
    request.setTerminal(exec.terminal());
    request.setCgroupManager(Messages.cgroupManager(exec.cgroupManager()));
    Messages.texts(exec.command(), request::initCommand);
    Messages.map(exec.environment(), request::initEnvVars);
    Messages.map(exec.metadata(), request::initMetadata);
  }

  /** Rounded up: 0 would mean no limit. */
  private static long wholeSeconds(Duration timeout) {
    return timeout.getNano() == 0 ? timeout.getSeconds() : timeout.getSeconds() + 1;
  }
}
