package io.conmonj.client.control;

import io.conmonj.client.model.WindowSize;
import io.conmonj.schema.Conmon;

/** Sets the size of a container's terminal. */
public final class SetWindowSizeCall {
  private SetWindowSizeCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmon.SetWindowSizeRequest.Builder, Conmon.SetWindowSizeResponse.Reader, Void>
      of(String containerId, WindowSize size) {
    return new ControlCall<>(
        "resize terminal of container " + containerId,
        Conmon.INTERFACE_ID,
        Conmon.SET_WINDOW_SIZE_CONTAINER,
        Conmon.SetWindowSizeRequest.factory,
        request -> {
          request.setId(containerId);
          request.setWidth((short) size.columns());
          request.setHeight((short) size.rows());
        },
        Conmon.SetWindowSizeResponse.factory,
        _ -> null);
  }
}
