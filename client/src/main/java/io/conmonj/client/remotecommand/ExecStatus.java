package io.conmonj.client.remotecommand;

/** How a remote command ended, as the server said. */
public sealed interface ExecStatus {
  /**
   * The command ran and ended.
   *
   * @param code its exit code, 0 to 255; 128 + n when signal n killed it
   */
  record Exited(int code) implements ExecStatus {}

  /**
   * The command could not be run, or how it ended is not known.
   *
   * @param message the server's words, never null
   * @param reason the machine-readable reason, perhaps empty, never null
   */
  record Failed(String message, String reason) implements ExecStatus {}
}
