package io.conmonj.streaming;

/** What a URL was made for; kept by the server until a client redeems it. */
public sealed interface StreamingRequest permits RemoteCommandRequest, PortForwardRequest {

  /** The kind of session, which is also the first part of the URL's path. */
  SessionKind kind();

  /** The backend's own name for where the session goes; not empty. */
  String target();
}
