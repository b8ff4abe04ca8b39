package io.conmonj.client.control;

import io.conmonj.client.model.AttachSettings;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;
import java.net.URI;

/** Gets the URL at which a container can be watched. */
public final class ServeAttachCall {
  private ServeAttachCall() {}

  /**
   * Makes the call: that of the compatible interface, which every monitor has; with settings, which
   * it cannot carry, that of conmonj's own.
   */
  public static ControlCall<?, ?, URI> of(ServeAttachRequest attach) {
    return attach.settings().equals(AttachSettings.NONE)
        ? compatible(attach)
        : withSettings(attach);
  }

  private static ControlCall<?, ?, URI> compatible(ServeAttachRequest attach) {
    return new ControlCall<>(
        "serve attach to container " + attach.containerId(),
        Conmon.INTERFACE_ID,
        Conmon.SERVE_ATTACH_CONTAINER,
        Conmon.ServeAttachContainerRequest.factory,
        request -> fill(request, attach),
        Conmon.ServeAttachContainerResponse.factory,
        response -> URI.create(response.getUrl().toString()));
  }

  private static ControlCall<?, ?, URI> withSettings(ServeAttachRequest attach) {
    return new ControlCall<>(
        "serve attach to container " + attach.containerId(),
        Conmonj.INTERFACE_ID,
        Conmonj.SERVE_ATTACH,
        Conmonj.ServeAttachRequest.factory,
        request -> fill(request, attach),
        Conmonj.ServeAttachResponse.factory,
        response -> URI.create(response.getUrl().toString()));
  }

  private static void fill(Conmonj.ServeAttachRequest.Builder request, ServeAttachRequest attach) {
    request.setId(attach.containerId());
    request.setStdin(attach.stdin());
    request.setStdout(attach.stdout());
    request.setStderr(attach.stderr());
    request.setReplayBytes(attach.settings().replayBytes());
    request.setStdinOnce(attach.settings().stdinOnce());
    attach.settings().detachKeys().ifPresent(request::setDetachKeys);
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
