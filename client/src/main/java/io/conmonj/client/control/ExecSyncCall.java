package io.conmonj.client.control;

import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.schema.Conmonj;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a command in a container to its end, by the call of conmonj's own interface: the answer of
 * the compatible one cannot say that output is missing.
 */
public final class ExecSyncCall {
  private ExecSyncCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmonj.ExecSyncRequest.Builder, Conmonj.ExecSyncResponse.Reader, ExecSyncResult>
      of(ExecSyncRequest exec) {
    return new ControlCall<>(
        "exec in container " + exec.containerId(),
        Conmonj.INTERFACE_ID,
        Conmonj.EXEC_SYNC,
        Conmonj.ExecSyncRequest.factory,
        request -> fill(request, exec),
        Conmonj.ExecSyncResponse.factory,
        response ->
            new ExecSyncResult(
                response.getExitCode(),
                response.getTimedOut(),
                response.getStdout().toArray(),
                response.getStdoutCut(),
                response.getStderr().toArray(),
                response.getStderrCut()));
  }

  private static void fill(Conmonj.ExecSyncRequest.Builder request, ExecSyncRequest exec) {
    request.setId(exec.containerId());
    request.setTimeoutMillis(wholeMillis(exec.timeout()));
    request.setTty(exec.terminal());
    Messages.texts(exec.command(), request::initCommand);
    Messages.texts(assignments(exec.environment()), request::initEnv);
    Messages.texts(assignments(exec.metadata()), request::initMetadata);
  }

  private static List<String> assignments(Map<String, String> values) {
    List<String> assignments = new ArrayList<>(values.size());
    values.forEach((name, value) -> assignments.add(name + '=' + value));
    return assignments;
  }

  /** Rounded up: 0 would mean no limit. */
  private static long wholeMillis(Duration timeout) {
    return timeout.plusNanos(999_999).toMillis();
  }
}
