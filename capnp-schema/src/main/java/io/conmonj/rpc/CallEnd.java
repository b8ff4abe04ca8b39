package io.conmonj.rpc;

/** Is told of the end of a call. */
@FunctionalInterface
public interface CallEnd {
  /**
   * The call has been ended by its handler. Called on the connection's thread, also when nobody
   * waited for the answer any more.
   *
   * @param failed whether by an error
   */
  void ended(boolean failed);
}
