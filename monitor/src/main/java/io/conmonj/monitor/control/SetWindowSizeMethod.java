package io.conmonj.monitor.control;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.container.Containers;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import java.io.IOException;

/** {@code setWindowSizeContainer}: also before the container's process was started. */
final class SetWindowSizeMethod implements RpcMethod {
  private static final int UNSIGNED_SHORT = 0xFFFF;

  private final Containers containers;

  SetWindowSizeMethod(Containers containers) {
    this.containers = containers;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.SetWindowSizeRequest.factory);
    WindowSize size =
        new WindowSize(request.getWidth() & UNSIGNED_SHORT, request.getHeight() & UNSIGNED_SHORT);
    containers.get(RequestFields.id(request.getId())).resize(size);
    call.respond();
  }
}
