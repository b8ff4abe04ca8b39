package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import java.io.IOException;

/** {@code reopenLogContainer}: answers when nothing more goes to the files as they were. */
final class ReopenLogMethod implements RpcMethod {
  private final Containers containers;

  ReopenLogMethod(Containers containers) {
    this.containers = containers;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.ReopenLogRequest.factory);
    Container container = containers.get(RequestFields.id(request.getId()));
    Reply.when(container.reopenLogs(), call, container.id(), done -> call.respond());
  }
}
