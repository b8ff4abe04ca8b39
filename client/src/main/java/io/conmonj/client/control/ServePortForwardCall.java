package io.conmonj.client.control;

import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.schema.Conmonj;
import java.net.URI;
import java.util.List;
import org.capnproto.PrimitiveList;

/** Gets the URL at which a pod's ports can be reached. */
public final class ServePortForwardCall {
  private ServePortForwardCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmonj.ServePortForwardRequest.Builder, Conmonj.ServePortForwardResponse.Reader, URI>
      of(ServePortForwardRequest forward) {
    return new ControlCall<>(
        "serve port-forward to container " + forward.containerId(),
        Conmonj.INTERFACE_ID,
        Conmonj.SERVE_PORT_FORWARD,
        Conmonj.ServePortForwardRequest.factory,
        request -> fill(request, forward),
        Conmonj.ServePortForwardResponse.factory,
        response -> URI.create(response.getUrl().toString()));
  }

  private static void fill(
      Conmonj.ServePortForwardRequest.Builder request, ServePortForwardRequest forward) {
    request.setId(forward.containerId());
    List<Integer> ports = forward.ports();
    PrimitiveList.Short.Builder list = request.initPorts(ports.size());
    for (int i = 0; i < ports.size(); i++) {
      list.set(i, ports.get(i).shortValue());
    }
  }
}
