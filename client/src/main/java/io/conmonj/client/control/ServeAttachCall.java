package io.conmonj.client.control;

import io.conmonj.client.ServeAttachRequest;
import io.conmonj.schema.Conmon;
import java.net.URI;

/** Gets the URL at which a container can be watched. */
public final class ServeAttachCall {
  private ServeAttachCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmon.ServeAttachContainerRequest.Builder,
          Conmon.ServeAttachContainerResponse.Reader,
          URI>
      of(ServeAttachRequest attach) {
    return new ControlCall<>(
        "serve attach to container " + attach.containerId(),
        Conmon.INTERFACE_ID,
        Conmon.SERVE_ATTACH_CONTAINER,
        Conmon.ServeAttachContainerRequest.factory,
        request -> fill(request, attach),
        Conmon.ServeAttachContainerResponse.factory,
        response -> URI.create(response.getUrl().toString()));
  }

  private static void fill(
      Conmon.ServeAttachContainerRequest.Builder request, ServeAttachRequest attach) {
    request.setId(attach.containerId());
    request.setStdin(attach.stdin());
    request.setStdout(attach.stdout());
    request.setStderr(attach.stderr());
    Messages.map(attach.metadata(), request::initMetadata);
  }
}
