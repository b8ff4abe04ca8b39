package io.conmonj.it.upgrade;

import io.conmonj.client.Monitor;
import io.conmonj.client.control.CallFailures;
import io.conmonj.client.control.ControlCall;
import io.conmonj.client.control.ControlConnection;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.schema.Conmon;
import java.io.IOException;
import java.nio.file.Path;

/** Asks for the attach socket of a container, as CRI-O does. */
public final class AttachSocket {
  private AttachSocket() {}

  /** Has the monitor listen there. */
  public static Path open(BusyboxPod pod, PodContainer container) throws IOException {
    Path path = container.home().resolve("attach");
    Path control = pod.options().runtimeDir().resolve(Monitor.SOCKET_NAME).toAbsolutePath();
    try (ControlConnection monitor = ControlConnection.connect(pod.loop(), control, new Told())) {
      Replies.await(monitor.call(call(container.id(), path)));
    }
    return path;
  }

  private static ControlCall<?, ?, Void> call(String container, Path path) {
    return new ControlCall<>(
        "attach to container " + container,
        Conmon.INTERFACE_ID,
        Conmon.ATTACH_CONTAINER,
        Conmon.AttachRequest.factory,
        request -> {
          request.setId(container);
          request.setSocketPath(path.toString());
        },
        Conmon.AttachResponse.factory,
        _ -> null);
  }

  private static final class Told implements CallFailures {
    @Override
    public IOException refused(String what, String text) {
      return new IOException(what + ": " + text);
    }

    @Override
    public IOException gone(String message, Throwable cause) {
      return new IOException(message, cause);
    }
  }
}
