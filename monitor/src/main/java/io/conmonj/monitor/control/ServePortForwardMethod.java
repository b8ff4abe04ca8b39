package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Containers;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.server.StreamingServer;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.PrimitiveList;

/**
 * {@code servePortForwardContainer}, and {@code servePortForward} of our own interface, which can
 * name ports: answer with a URL where a client can reach the pod's ports.
 */
final class ServePortForwardMethod {
  private static final int UNSIGNED_SHORT = 0xFFFF;

  private final Containers containers;
  private final StreamingServer server;

  ServePortForwardMethod(Containers containers, StreamingServer server) {
    this.containers = containers;
    this.server = server;
  }

  /** The call of the compatible interface, which names the pod's network namespace. */
  void compatible(IncomingCall call) throws BadRequestException {
    var request = call.request(Conmon.ServePortForwardContainerRequest.factory);
    String path = RequestFields.absolutePath("network namespace", request.getNetNsPath());
    PortForwardRequest forward =
        RequestFields.checked(() -> new PortForwardRequest(path, List.of()));
    Reply.withUrl(
        server.urlFor(forward),
        call,
        url -> call.response(Conmon.ServePortForwardContainerResponse.factory).setUrl(url));
  }

  /** Our own, which names one of the pod's containers. */
  void withPorts(IncomingCall call) throws BadRequestException {
    var request = call.request(Conmonj.ServePortForwardRequest.factory);
    String id = RequestFields.id(request.getId());
    List<Integer> ports = ports(request.getPorts());
    PortForwardRequest forward = RequestFields.checked(() -> new PortForwardRequest(id, ports));
    Reply.withUrl(
        containers.known(id).thenCompose(known -> server.urlFor(forward)),
        call,
        url -> call.response(Conmonj.ServePortForwardResponse.factory).setUrl(url));
  }

  private static List<Integer> ports(PrimitiveList.Short.Reader field) {
    List<Integer> ports = new ArrayList<>(field.size());
    for (int i = 0; i < field.size(); i++) {
      ports.add(field.get(i) & UNSIGNED_SHORT);
    }
    return ports;
  }
}
