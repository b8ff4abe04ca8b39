package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import java.io.IOException;

/**
 * {@code createContainer}: answers with the container's pid once the runtime has created it. The
 * container is made and watched to its end even if the caller has gone meanwhile.
 */
final class CreateContainerMethod implements RpcMethod {
  private final Containers containers;
  private final CreateRequest request;

  CreateContainerMethod(Containers containers, CreateRequest request) {
    this.containers = containers;
    this.request = request;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException, IOException {
    Reply.when(containers.create(request.read(call)), call, container -> respond(call, container));
  }

  private static void respond(IncomingCall call, Container container) {
    call.response(Conmon.CreateContainerResponse.factory).setContainerPid(container.pid());
    call.respond();
  }
}
