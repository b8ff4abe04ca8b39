package io.conmonj.monitor.control;

import io.conmonj.rpc.IncomingCall;
import java.io.IOException;

/** Serves one method of an interface. */
@FunctionalInterface
interface RpcMethod {
  /**
   * Begins to serve a call; loop thread only. The request is read within this method, the answer
   * may come later. What it throws ends the call as failed.
   *
   * @throws BadRequestException when the request makes no sense
   * @throws IOException when it cannot be done, as for a container that is unknown
   */
  void call(IncomingCall call) throws BadRequestException, IOException;
}
