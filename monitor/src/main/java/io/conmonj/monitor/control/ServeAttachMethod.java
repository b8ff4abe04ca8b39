package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.AttachOptions;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.server.StreamingServer;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code serveAttachContainer}, and {@code serveAttach} of our own interface, which can say more
 * about how: answer with a URL where a client can watch the container.
 */
final class ServeAttachMethod {
  private final Containers containers;
  private final StreamingServer server;

  ServeAttachMethod(Containers containers, StreamingServer server) {
    this.containers = containers;
    this.server = server;
  }

  /** The call of the compatible interface, which conmon-rs has too. */
  void compatible(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.ServeAttachContainerRequest.factory);
    String id = RequestFields.id(request.getId());
    boolean terminal = containers.terminal(id);
    Stdio stdio =
        RequestFields.stdio(request.getStdin(), request.getStdout(), request.getStderr(), terminal);
    Reply.withUrl(
        server.urlFor(new AttachRequest(id, stdio, compatibleOptions(id, request.getStdin()))),
        call,
        url -> call.response(Conmon.ServeAttachContainerResponse.factory).setUrl(url));
  }

  /**
   * The call cannot say how. So the container's bundle says whether the end of the client's input
   * is its own; and one that asks for the input of a container that has none begins with what is
   * kept of the output, since CRI-O's clients do so to see that.
   */
  private AttachOptions compatibleOptions(String id, boolean stdin) {
    try {
      Container container = containers.running(id);
      int replayBytes = stdin && container.stdin().isEmpty() ? Integer.MAX_VALUE : 0;
      return new AttachOptions(replayBytes, container.stdinOnce(), Optional.empty());
    } catch (IOException ended) {
      // The client is told when it opens the URL.
      return AttachOptions.NONE;
    }
  }

  /** The call of our own interface, which has options. */
  void withOptions(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmonj.ServeAttachRequest.factory);
    String id = RequestFields.id(request.getId());
    boolean terminal = containers.terminal(id);
    Stdio stdio =
        RequestFields.stdio(request.getStdin(), request.getStdout(), request.getStderr(), terminal);
    AttachOptions options =
        new AttachOptions(
            replayBytes(request.getReplayBytes()),
            request.getStdinOnce(),
            RequestFields.detachKeys(request.getDetachKeys()));
    Reply.withUrl(
        server.urlFor(RequestFields.checked(() -> new AttachRequest(id, stdio, options))),
        call,
        url -> call.response(Conmonj.ServeAttachResponse.factory).setUrl(url));
  }

  /** The field is unsigned; so much is never kept. */
  private static int replayBytes(int field) {
    return field < 0 ? Integer.MAX_VALUE : field;
  }
}
