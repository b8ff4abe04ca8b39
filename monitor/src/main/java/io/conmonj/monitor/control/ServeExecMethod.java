package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.streaming.ExecRequest;
import io.conmonj.monitor.streaming.Stdio;
import io.conmonj.monitor.streaming.server.StreamingServer;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * {@code serveExecContainer}: answers with a URL where a client can run the command. That the
 * container exists is checked now, for the caller to learn it, and again when the client comes.
 */
final class ServeExecMethod implements RpcMethod {
  private final Containers containers;
  private final StreamingServer server;

  ServeExecMethod(Containers containers, StreamingServer server) {
    this.containers = containers;
    this.server = server;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.ServeExecContainerRequest.factory);
    String id = RequestFields.id(request.getId());
    List<String> command = RequestFields.command(request.getCommand());
    Stdio stdio =
        RequestFields.stdio(
            request.getStdin(), request.getStdout(), request.getStderr(), request.getTty());
    containers.get(id);
    ExecRequest exec = new ExecRequest(id, command, stdio);
    Reply.when(server.urlFor(exec), call, url -> answer(call, url));
  }

  private static void answer(IncomingCall call, URI url) {
    call.response(Conmon.ServeExecContainerResponse.factory).setUrl(url.toString());
    call.respond();
  }
}
