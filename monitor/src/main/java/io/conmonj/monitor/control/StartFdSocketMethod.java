package io.conmonj.monitor.control;

import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import java.io.IOException;

/** {@code startFdSocket}: answers with the path of the descriptor socket, where it listens then. */
final class StartFdSocketMethod implements RpcMethod {
  private final FdSocket socket;

  StartFdSocketMethod(FdSocket socket) {
    this.socket = socket;
  }

  @Override
  public void call(IncomingCall call) throws IOException {
    String path = socket.start().toString();
    call.response(Conmon.StartFdSocketResponse.factory).setPath(path);
    call.respond();
  }
}
