package io.conmonj.monitor.streaming;

/**
 * Something running to attach to.
 *
 * @param target the backend's own name for it, such as a container id; not empty
 * @param stdio the streams the client gets
 */
public record AttachRequest(String target, Stdio stdio) implements RemoteCommandRequest {

  /**
   * @throws IllegalArgumentException if the target is empty
   */
  public AttachRequest {
    if (target.isEmpty()) {
      throw new IllegalArgumentException("the container id is empty");
    }
  }

  @Override
  public SessionKind kind() {
    return SessionKind.ATTACH;
  }
}
