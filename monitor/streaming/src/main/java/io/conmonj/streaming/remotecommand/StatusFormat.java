package io.conmonj.streaming.remotecommand;

/** What the error stream carries at the end of a session; a property of the protocol version. */
public enum StatusFormat {
  /** Always one JSON {@code Status} object, also on success: protocol version 4 and later. */
  JSON,
  /** The message of a failure as text, and nothing on success: earlier versions. */
  TEXT_ON_FAILURE
}
