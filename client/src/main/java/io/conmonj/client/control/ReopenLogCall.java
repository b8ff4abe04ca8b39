package io.conmonj.client.control;

import io.conmonj.schema.Conmon;

/** Has a container's log files opened anew. */
public final class ReopenLogCall {
  private ReopenLogCall() {}

  /** Makes the call. */
  public static ControlCall<Conmon.ReopenLogRequest.Builder, Conmon.ReopenLogResponse.Reader, Void>
      of(String containerId) {
    return new ControlCall<>(
        "reopen log of container " + containerId,
        Conmon.INTERFACE_ID,
        Conmon.REOPEN_LOG_CONTAINER,
        Conmon.ReopenLogRequest.factory,
        request -> request.setId(containerId),
        Conmon.ReopenLogResponse.factory,
        _ -> null);
  }
}
