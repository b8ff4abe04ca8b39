package io.conmonj.client.control;

import io.conmonj.schema.Conmon;
import java.nio.file.Path;

/** Has the monitor listen for descriptors. */
public final class StartFdSocketCall {
  private StartFdSocketCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmon.StartFdSocketRequest.Builder, Conmon.StartFdSocketResponse.Reader, Path>
      create() {
    return new ControlCall<>(
        "start descriptor socket",
        Conmon.INTERFACE_ID,
        Conmon.START_FD_SOCKET,
        Conmon.StartFdSocketRequest.factory,
        request -> {},
        Conmon.StartFdSocketResponse.factory,
        response -> Path.of(response.getPath().toString()));
  }
}
