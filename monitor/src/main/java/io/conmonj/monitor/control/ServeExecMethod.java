package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Containers;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.ExecOptions;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.server.StreamingServer;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code serveExecContainer}, and {@code serveExec} of our own interface, which can say more about
 * the command: answer with a URL where a client can run it. That the container is known is checked
 * now; one that has ended gives a URL all the same, whose client learns it. A call that failed
 * would make the caller, CRI-O's Go client, drop its connection with all calls that are under way.
 */
final class ServeExecMethod {
  private final Containers containers;
  private final StreamingServer server;

  ServeExecMethod(Containers containers, StreamingServer server) {
    this.containers = containers;
    this.server = server;
  }

  /** The call of the compatible interface, which conmon-rs has too. */
  void compatible(IncomingCall call) throws BadRequestException {
    var request = call.request(Conmon.ServeExecContainerRequest.factory);
    String id = RequestFields.id(request.getId());
    List<String> command = RequestFields.command(request.getCommand());
    Stdio stdio =
        RequestFields.stdio(
            request.getStdin(), request.getStdout(), request.getStderr(), request.getTty());
    serve(
        call,
        new ExecRequest(id, command, stdio),
        url -> call.response(Conmon.ServeExecContainerResponse.factory).setUrl(url));
  }

  /** The call of our own interface, which has options. */
  void withOptions(IncomingCall call) throws BadRequestException {
    var request = call.request(Conmonj.ServeExecRequest.factory);
    String id = RequestFields.id(request.getId());
    List<String> command = RequestFields.command(request.getCommand());
    Stdio stdio =
        RequestFields.stdio(
            request.getStdin(), request.getStdout(), request.getStderr(), request.getTty());
    ExecOptions options = ExecFields.options(request);
    serve(
        call,
        RequestFields.checked(() -> new ExecRequest(id, command, stdio, options)),
        url -> call.response(Conmonj.ServeExecResponse.factory).setUrl(url));
  }

  private void serve(IncomingCall call, ExecRequest request, Consumer<String> fill) {
    Reply.withUrl(
        containers.known(request.target()).thenCompose(known -> server.urlFor(request)),
        call,
        fill);
  }
}
