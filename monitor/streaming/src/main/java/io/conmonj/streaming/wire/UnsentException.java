package io.conmonj.streaming.wire;

/**
 * Something that had to go out on a connection could not be made or written. Whatever comes behind
 * it, even an end, would tell the peer what is not so: the connection is of no use any more.
 */
public final class UnsentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param cause what was thrown
   */
  UnsentException(RuntimeException cause) {
    super("something could not be sent to the peer", cause);
  }
}
