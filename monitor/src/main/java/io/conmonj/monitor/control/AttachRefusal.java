package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.container.NoSuchContainerException;
import io.conmonj.rpc.IncomingCall;
import java.io.IOException;

/** A method that attaches to a container, which tells of one that is not this monitor's why not. */
final class AttachRefusal implements RpcMethod {
  private final Containers containers;
  private final RpcMethod attach;

  AttachRefusal(Containers containers, RpcMethod attach) {
    this.containers = containers;
    this.attach = attach;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException, IOException {
    try {
      attach.call(call);
    } catch (NoSuchContainerException notHere) {
      String id = CallContext.of(call).container();
      Reply.when(
          containers.foreign().check(id),
          call,
          id,
          runs ->
              Failure.tell(
                  call,
                  id,
                  new IOException(
                      "the container runs, but this monitor has not created it: its standard"
                          + " streams were lost with the monitor that has")));
    }
  }
}
