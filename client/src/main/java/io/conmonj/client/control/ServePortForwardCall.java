package io.conmonj.client.control;

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
      of(String containerId, List<Integer> ports) {
    return new ControlCall<>(
        "serve port-forward to container " + containerId,
        Conmonj.INTERFACE_ID,
        Conmonj.SERVE_PORT_FORWARD,
        Conmonj.ServePortForwardRequest.factory,
        request -> fill(request, containerId, ports),
        Conmonj.ServePortForwardResponse.factory,
        response -> URI.create(response.getUrl().toString()));
  }

  private static void fill(
      Conmonj.ServePortForwardRequest.Builder request, String containerId, List<Integer> ports) {
    request.setId(containerId);
    PrimitiveList.Short.Builder list = request.initPorts(ports.size());
    for (int i = 0; i < ports.size(); i++) {
      list.set(i, ports.get(i).shortValue());
    }
  }
}
