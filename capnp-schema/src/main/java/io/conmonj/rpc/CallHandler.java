package io.conmonj.rpc;

/**
 * An object that the other side may call.
 *
 * <p>It can serve several interfaces: {@link IncomingCall#interfaceId()} tells which is meant. What
 * it does not know it ends with {@link IncomingCall#unimplemented()}.
 */
@FunctionalInterface
public interface CallHandler {

  /**
   * Begins to serve a call. It may end it here or later; until then other calls arrive and may be
   * ended first. Called on the connection's thread, which must not be blocked.
   *
   * <p>What it throws is logged and ends this call as failed, with the exception's message as the
   * reason.
   *
   * @param call to be ended exactly once by one of its ending methods, also when it was cancelled
   */
  void call(IncomingCall call);
}
