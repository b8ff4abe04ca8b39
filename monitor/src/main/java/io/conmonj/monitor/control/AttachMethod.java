package io.conmonj.monitor.control;

import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code attachContainer}: answers when clients can join the container's streams through the
 * socket. All that it reads lies before what differs between the two generations of the request.
 */
final class AttachMethod implements RpcMethod {
  private static final Logger LOG = LoggerFactory.getLogger(AttachMethod.class);

  private final Containers containers;
  private final AttachSockets sockets;

  AttachMethod(Containers containers, AttachSockets sockets) {
    this.containers = containers;
    this.sockets = sockets;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.AttachRequest.factory);
    String path = RequestFields.absolutePath("attach socket path", request.getSocketPath());
    Container container = containers.running(RequestFields.id(request.getId()));
    String execSession = request.getExecSessionId().toString();
    if (!execSession.isEmpty()) {
      LOG.atInfo()
          .addKeyValue(LogField.CONTAINER, container.id())
          .log("attach to container {} is for exec session {}", container.id(), execSession);
    }
    Reply.when(
        sockets.open(container, path, request.getStopAfterStdinEof()),
        call,
        container.id(),
        done -> call.respond());
  }
}
