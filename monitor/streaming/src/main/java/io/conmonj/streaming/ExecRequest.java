package io.conmonj.streaming;

import java.util.List;

/**
 * A command to run.
 *
 * @param target where to run it: the backend's own name for it, such as a container id; not empty
 * @param command the program and its arguments
 * @param stdio the streams it gets
 * @param options how it runs
 */
public record ExecRequest(String target, List<String> command, Stdio stdio, ExecOptions options)
    implements RemoteCommandRequest {

  /**
   * @throws IllegalArgumentException if the target is empty, or an option needs a stream or a
   *     terminal that there is not
   */
  public ExecRequest {
    if (target.isEmpty()) {
      throw new IllegalArgumentException("the container id is empty");
    }
    if (options.size().isPresent() && !stdio.tty()) {
      throw new IllegalArgumentException("a terminal size needs a terminal");
    }
    options.detachKeys().ifPresent(keys -> keys.checkAgainst(stdio));
    command = List.copyOf(command);
  }

  /** A command that runs as the target has it. */
  public ExecRequest(String target, List<String> command, Stdio stdio) {
    this(target, command, stdio, ExecOptions.NONE);
  }

  @Override
  public SessionKind kind() {
    return SessionKind.EXEC;
  }
}
