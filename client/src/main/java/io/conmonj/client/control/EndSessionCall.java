package io.conmonj.client.control;

import io.conmonj.schema.Conmonj;

/** Ends a streaming session. */
public final class EndSessionCall {
  private EndSessionCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmonj.EndSessionRequest.Builder, Conmonj.EndSessionResponse.Reader, Void>
      of(long id) {
    return new ControlCall<>(
        "end session " + Long.toUnsignedString(id),
        Conmonj.INTERFACE_ID,
        Conmonj.END_SESSION,
        Conmonj.EndSessionRequest.factory,
        request -> request.setId(id),
        Conmonj.EndSessionResponse.factory,
        _ -> null);
  }
}
