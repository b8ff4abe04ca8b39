package io.conmonj.streaming;

/** A request for a session with standard streams. */
public sealed interface RemoteCommandRequest extends StreamingRequest
    permits ExecRequest, AttachRequest {

  /** The streams the session carries. */
  Stdio stdio();
}
