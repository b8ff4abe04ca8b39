package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.streaming.AttachRequest;
import io.conmonj.monitor.streaming.Stdio;
import io.conmonj.monitor.streaming.server.StreamingServer;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import java.io.IOException;

/** {@code serveAttachContainer}: answers with a URL where a client can watch the container. */
final class ServeAttachMethod implements RpcMethod {
  private final Containers containers;
  private final StreamingServer server;

  ServeAttachMethod(Containers containers, StreamingServer server) {
    this.containers = containers;
    this.server = server;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.ServeAttachContainerRequest.factory);
    String id = RequestFields.id(request.getId());
    Container container = containers.get(id);
    Stdio stdio =
        RequestFields.stdio(
            request.getStdin(), request.getStdout(), request.getStderr(), container.terminal());
    Reply.when(
        server.urlFor(new AttachRequest(id, stdio)),
        call,
        url -> {
          call.response(Conmon.ServeAttachContainerResponse.factory).setUrl(url.toString());
          call.respond();
        });
  }
}
