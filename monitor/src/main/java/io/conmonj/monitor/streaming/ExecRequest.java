package io.conmonj.monitor.streaming;

import java.util.List;

/**
 * A command to run.
 *
 * @param target where to run it: the backend's own name for it, such as a container id; not empty
 * @param command the program and its arguments
 * @param stdio the streams it gets
 */
public record ExecRequest(String target, List<String> command, Stdio stdio)
    implements RemoteCommandRequest {

  /**
   * @throws IllegalArgumentException if the target is empty
   */
  public ExecRequest {
    if (target.isEmpty()) {
      throw new IllegalArgumentException("the container id is empty");
    }
    command = List.copyOf(command);
  }

  @Override
  public SessionKind kind() {
    return SessionKind.EXEC;
  }
}
