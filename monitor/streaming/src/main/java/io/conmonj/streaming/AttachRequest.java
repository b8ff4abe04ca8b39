package io.conmonj.streaming;

/**
 * Something running to attach to.
 *
 * @param target the backend's own name for it, such as a container id; not empty
 * @param stdio the streams the client gets
 * @param options how it gets them
 */
public record AttachRequest(String target, Stdio stdio, AttachOptions options)
    implements RemoteCommandRequest {

  /**
   * @throws IllegalArgumentException if the target is empty, or an option needs a stream or a
   *     terminal that there is not
   */
  public AttachRequest {
    if (target.isEmpty()) {
      throw new IllegalArgumentException("the container id is empty");
    }
    options.detachKeys().ifPresent(keys -> keys.checkAgainst(stdio));
  }

  /** To what happens from now on. */
  public AttachRequest(String target, Stdio stdio) {
    this(target, stdio, AttachOptions.NONE);
  }

  @Override
  public SessionKind kind() {
    return SessionKind.ATTACH;
  }
}
